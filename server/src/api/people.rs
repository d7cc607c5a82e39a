//! Who the accounts are: the names behind `user:...` in entities and journal.

use actix_web::{HttpRequest, HttpResponse, web};
use chiyuan_core::{Centre, DivisionCode, Entity, Kind, Role, World};
use serde::Serialize;
use utoipa::ToSchema;

use super::{caller::Caller, error::ApiError, query::Query, worlds};
use crate::{
    app::App,
    store::accounts::{self, PersonRow},
};

/// Most people of one answer; a province's centres together have fewer.
const MAX_PEOPLE: i64 = 5_000;

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config.route("/worlds/{world}/people", web::get().to(list));
}

/// An account as others see it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Person {
    /// `user:` and this is the actor of what he does.
    pub username: String,
    /// Seat or person; may be empty.
    pub display_name: String,
    pub role: Role,
    /// Null is everywhere.
    pub jurisdiction: Option<DivisionCode>,
    /// False: the account is disabled; its name still stands in the record.
    pub active: bool,
}

impl Person {
    /// None if the row has a role or place that this program does not know.
    fn of(row: PersonRow) -> Option<Self> {
        Some(Self {
            role: Role::parse(&row.role)?,
            jurisdiction: row
                .jurisdiction
                .as_deref()
                .map(DivisionCode::new)
                .transpose()
                .ok()?,
            username: row.username,
            display_name: row.display_name,
            active: !row.disabled,
        })
    }
}

/// Accounts of one's own centre, and those that act everywhere, by user name.
#[utoipa::path(get, operation_id = "list_people", path = "/api/v1/worlds/{world}/people", tag = "session",
    params(("world" = String, Path)), responses((status = 200, body = Vec<Person>)))]
pub async fn list(
    app: web::Data<App>,
    caller: Caller,
    path: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let world = worlds::find(&app, &path)?;
    Query::of(&request)?.end()?;
    let places = {
        let picture = world.picture();
        let scope = caller.scope(picture.world())?;
        scope.map(|centre| places_of(picture.world(), centre))
    };
    let mut connection = app.store.read().await?;
    let rows = accounts::people(&mut connection, places, MAX_PEOPLE).await?;
    connection.done();
    let people: Vec<_> = rows.into_iter().filter_map(Person::of).collect();
    Ok(HttpResponse::Ok().json(people))
}

/// Codes of a centre and its counties.
fn places_of(world: &World, centre: Centre) -> Vec<String> {
    let all = world.of_kind(Kind::Jurisdiction);
    let own = all.filter_map(|entity| match entity {
        Entity::Jurisdiction(own) if own.header.centre == centre => Some(own.spec.code.to_string()),
        _ => None,
    });
    own.collect()
}
