//! Figures of the service: the report, the cases behind a figure, and the report as a file.

use actix_web::{HttpRequest, HttpResponse, http::header, web};
use chiyuan_core::{DivisionCode, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    caller::Caller,
    error::{ApiError, Code},
    query::Query,
    worlds,
};
use crate::{
    app::App,
    kpi::{
        self, Range, Report, catalogue, export,
        period::{Period, PeriodError},
        place,
    },
    spreadsheet::FileFormat,
    store::kpis::{Case, Page},
    time,
    world::WorldRuntime,
};

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .route("/worlds/{world}/kpis", web::get().to(list))
        .route("/worlds/{world}/kpis/export", web::get().to(export))
        .route("/worlds/{world}/kpis/{key}/cases", web::get().to(cases));
}

/// A case behind a figure.
#[derive(Debug, Serialize, ToSchema)]
pub struct KpiCase {
    /// The call, incident or assignment that is the case.
    pub id: String,
    pub incident_id: Option<String>,
    /// Number of the incident.
    pub number: Option<String>,
    pub call_id: Option<String>,
    pub assignment_id: Option<String>,
    pub unit_id: Option<String>,
    /// The moment by which it belongs to the period.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Seconds, or the number of measures; none where nothing is measured or it has not come.
    pub value: Option<f64>,
    /// Whether it is in the numerator.
    pub counted: bool,
}

impl From<Case> for KpiCase {
    fn from(case: Case) -> Self {
        Self {
            id: case.id,
            incident_id: case.incident_id,
            number: case.number,
            call_id: case.call_id,
            assignment_id: case.assignment_id,
            unit_id: case.unit_id,
            at: case.at,
            value: case.value,
            counted: case.counted,
        }
    }
}

/// Every figure of a period and a place. `from` is inclusive, `to` exclusive: RFC 3339 times or local dates
/// (Asia/Shanghai); left out, the present local day. `jurisdiction` includes its counties; left out, the caller's own.
#[utoipa::path(get, operation_id = "read_kpis", path = "/api/v1/worlds/{world}/kpis", tag = "kpis",
    params(("world" = String, Path), ("from" = Option<String>, Query), ("to" = Option<String>, Query),
        ("jurisdiction" = Option<String>, Query)),
    responses((status = 200, body = Report)))]
pub async fn list(
    app: web::Data<App>,
    caller: Caller,
    path: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let world = worlds::find(&app, &path)?;
    let mut query = Query::of(&request)?;
    let range = range(&world, &caller, &mut query)?;
    query.end()?;
    Ok(HttpResponse::Ok().json(kpi::report(&app, &world, &range).await?))
}

/// The cases behind a figure, by moment and id. `counted` asks for those in the numerator, or those that are not;
/// `after` is `at,id` of the last case that was read.
#[utoipa::path(get, operation_id = "list_kpi_cases", path = "/api/v1/worlds/{world}/kpis/{key}/cases", tag = "kpis",
    params(("world" = String, Path), ("key" = String, Path), ("from" = Option<String>, Query),
        ("to" = Option<String>, Query), ("jurisdiction" = Option<String>, Query), ("counted" = Option<bool>, Query),
        ("after" = Option<String>, Query), ("limit" = Option<u32>, Query)),
    responses((status = 200, body = Vec<KpiCase>)))]
pub async fn cases(
    app: web::Data<App>,
    caller: Caller,
    path: web::Path<(String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let (world, key) = path.into_inner();
    let world = worlds::find(&app, &world)?;
    let entry =
        catalogue::find(&key).ok_or_else(|| ApiError::new(Code::NotFound, "no such figure"))?;
    let mut query = Query::of(&request)?;
    let range = range(&world, &caller, &mut query)?;
    let page = Page {
        key: entry.key,
        counted: query.take("counted")?,
        after: query.text("after").map(|text| after(&text)).transpose()?,
        limit: i64::try_from(query.limit(100)?).unwrap_or(100),
    };
    query.end()?;
    let cases = kpi::cases(&app, &world, &range, &page).await?;
    let cases: Vec<KpiCase> = cases.into_iter().map(KpiCase::from).collect();
    Ok(HttpResponse::Ok().json(cases))
}

/// The report as a file for spreadsheets: `format` is `csv` (the usual) or `xlsx`.
#[utoipa::path(get, operation_id = "export_kpis", path = "/api/v1/worlds/{world}/kpis/export", tag = "kpis",
    params(("world" = String, Path), ("format" = Option<String>, Query), ("from" = Option<String>, Query),
        ("to" = Option<String>, Query), ("jurisdiction" = Option<String>, Query)),
    responses((status = 200, body = Vec<u8>, content_type = "text/csv"),
        (status = 200, body = Vec<u8>,
            content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))]
pub async fn export(
    app: web::Data<App>,
    caller: Caller,
    path: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let world = worlds::find(&app, &path)?;
    let mut query = Query::of(&request)?;
    let word = query.text("format");
    let format = FileFormat::parse(word.as_deref().unwrap_or("csv"))
        .ok_or_else(|| ApiError::new(Code::MalformedQuery, "format is csv or xlsx"))?;
    let range = range(&world, &caller, &mut query)?;
    query.end()?;
    let report = kpi::report(&app, &world, &range).await?;
    let file = export::file(&report, format).map_err(|error| {
        tracing::error!(%error, "a report could not be exported");
        ApiError::new(Code::Internal, "internal error")
    })?;
    let (media, ending) = format.media();
    let name = format!(
        "chiyuan-kpis-{}-{}-{}.{ending}",
        report.world,
        time::local_date(range.period.from),
        range.period.last_day()
    );
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, media))
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(file))
}

/// Takes `from`, `to` and `jurisdiction`.
fn range(world: &WorldRuntime, caller: &Caller, query: &mut Query) -> Result<Range, ApiError> {
    let (from, to) = (query.text("from"), query.text("to"));
    let period = Period::read(from.as_deref(), to.as_deref(), world.now())
        .map_err(|error| ApiError::new(period_code(error), error.to_string()))?;
    let asked = query
        .text("jurisdiction")
        .map(|code| DivisionCode::new(&code))
        .transpose()
        .map_err(|error| ApiError::new(Code::MalformedQuery, format!("jurisdiction: {error}")))?;
    let picture = world.picture();
    let place = place::resolve(picture.world(), asked, caller.actor.jurisdiction)
        .map_err(|error| ApiError::new(Code::NotFound, error.to_string()))?;
    Ok(Range { period, place })
}

fn period_code(error: PeriodError) -> Code {
    match error {
        PeriodError::Malformed(_) => Code::MalformedQuery,
        PeriodError::OutOfRange => Code::PeriodOutOfRange,
    }
}

/// `at,id` of a case.
fn after(text: &str) -> Result<(Timestamp, String), ApiError> {
    let parts = text.split_once(',').and_then(|(at, id)| {
        let at = chrono::DateTime::parse_from_rfc3339(at).ok()?;
        Some((at.to_utc(), id.to_owned()))
    });
    parts
        .filter(|(at, _)| (1_900..=9_999).contains(&chrono::Datelike::year(at)))
        .ok_or_else(|| ApiError::new(Code::MalformedQuery, "after is at,id of a case"))
}
