//! A caller's number as lists show it: enough to tell two calls apart, too little to ring anybody.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Caller, asked_for};
use crate::{api::error::ApiError, app::App};

/// Digits before and behind the gap, and the least that it hides.
const HEAD: usize = 3;
const HIDDEN: usize = 4;
const TAIL: usize = 4;
/// Of a number too short for that.
const SHORT_TAIL: usize = 2;

/// What lists may show of a personal part.
#[derive(Debug, Serialize, ToSchema)]
pub struct MaskedView {
    pub id: String,
    /// `135••••0926`; null if there is none, or no longer.
    pub caller_number: Option<String>,
}

/// The masked number of a personal part. Nothing personal leaves the server, so it is no audited read; it ends with
/// the erasure all the same.
#[utoipa::path(get, operation_id = "read_masked", path = "/api/v1/worlds/{world}/private/{id}/masked", tag = "incidents",
    params(("world" = String, Path), ("id" = String, Path)), responses((status = 200, body = MaskedView)))]
pub async fn masked(
    app: web::Data<App>,
    caller: Caller,
    path: web::Path<(String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let (_, stored) = asked_for(&app, &caller, &path, &request).await?;
    let number = stored
        .content
        .as_ref()
        .and_then(|part| part.get("caller_number"))
        .and_then(serde_json::Value::as_str);
    Ok(HttpResponse::Ok().json(MaskedView {
        caller_number: number.map(mask),
        id: stored.id,
    }))
}

fn mask(number: &str) -> String {
    let digits: Vec<char> = number.trim().chars().collect();
    let tail = |n: usize| -> String { digits[digits.len().saturating_sub(n)..].iter().collect() };
    if digits.len() < HEAD + HIDDEN + TAIL {
        return format!("••{}", tail(SHORT_TAIL.min(digits.len() / 2)));
    }
    let head: String = digits[..HEAD].iter().collect();
    format!("{head}••••{}", tail(TAIL))
}

#[cfg(test)]
mod tests {
    use super::mask;

    #[test]
    fn a_mask_never_gives_the_number_away() {
        let table = [
            ("13512340926", "135••••0926"),
            (" 13512340926 ", "135••••0926"),
            ("+8613512340926", "+86••••0926"),
            ("0353-2012118", "035••••2118"),
            ("03532012", "••12"),
            ("2012345", "••45"),
            ("120", "••0"),
            ("7", "••"),
            ("", "••"),
        ];
        for (number, shown) in table {
            assert_eq!(mask(number), shown);
        }
    }
}
