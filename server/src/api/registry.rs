//! The registry as files: export, preview and import of one kind.

use std::sync::Arc;

use actix_web::{HttpMessage as _, HttpRequest, HttpResponse, http::header, web};
use chiyuan_core::{DivisionCode, Kind};

use super::{
    caller::Caller,
    error::{ApiError, Code},
    query::Query,
    worlds,
};
use crate::{
    app::App,
    registry::{
        MAX_FILE, export,
        import::{self, ImportReport},
        preview::{self, Judged, Preview},
    },
    spreadsheet::FileFormat,
    time,
    world::WorldRuntime,
};

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .route(
            "/worlds/{world}/registry/{kind}.csv",
            web::get().to(export_csv),
        )
        .route(
            "/worlds/{world}/registry/{kind}.xlsx",
            web::get().to(export_xlsx),
        )
        .service(
            web::resource("/worlds/{world}/registry/{kind}/preview")
                .app_data(web::PayloadConfig::new(MAX_FILE))
                .route(web::post().to(preview)),
        )
        .service(
            web::resource("/worlds/{world}/registry/{kind}/import")
                .app_data(web::PayloadConfig::new(MAX_FILE))
                .route(web::post().to(import)),
        );
}

/// The resources of a kind with the columns of the seed files, as CSV.
#[utoipa::path(get, operation_id = "export_registry_csv", path = "/api/v1/worlds/{world}/registry/{kind}.csv", tag = "registry",
    params(("world" = String, Path), ("kind" = String, Path), ("jurisdiction" = Option<String>, Query)),
    responses((status = 200, body = Vec<u8>, content_type = "text/csv")))]
pub async fn export_csv(
    app: web::Data<App>,
    caller: Caller,
    path: web::Path<(String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    exported(&app, &caller, path.into_inner(), &request, FileFormat::Csv)
}

/// The resources of a kind with the columns of the seed files, as a workbook.
#[utoipa::path(get, operation_id = "export_registry_xlsx", path = "/api/v1/worlds/{world}/registry/{kind}.xlsx", tag = "registry",
    params(("world" = String, Path), ("kind" = String, Path), ("jurisdiction" = Option<String>, Query)),
    responses((status = 200, body = Vec<u8>,
        content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))]
pub async fn export_xlsx(
    app: web::Data<App>,
    caller: Caller,
    path: web::Path<(String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    exported(&app, &caller, path.into_inner(), &request, FileFormat::Xlsx)
}

/// What a file would do, row by row; nothing is written. The body is the file, of at most 20 MiB and 10 000 rows.
#[utoipa::path(post, operation_id = "preview_registry", path = "/api/v1/worlds/{world}/registry/{kind}/preview", tag = "registry",
    params(("world" = String, Path), ("kind" = String, Path)),
    request_body(content((Vec<u8> = "text/csv"),
        (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))),
    responses((status = 200, body = Preview)))]
pub async fn preview(
    app: web::Data<App>,
    caller: Caller,
    path: web::Path<(String, String)>,
    request: HttpRequest,
    body: web::Bytes,
) -> Result<HttpResponse, ApiError> {
    let (world, kind) = path.into_inner();
    let world = worlds::find(&app, &world)?;
    Query::of(&request)?.end()?;
    let judged = judge(&world, &caller, &kind, &request, body).await?;
    Ok(HttpResponse::Ok().json(judged.preview))
}

/// Applies the file that was previewed: `digest` is the preview's. The same digest again does nothing twice.
#[utoipa::path(post, operation_id = "import_registry", path = "/api/v1/worlds/{world}/registry/{kind}/import", tag = "registry",
    params(("world" = String, Path), ("kind" = String, Path), ("digest" = String, Query)),
    request_body(content((Vec<u8> = "text/csv"),
        (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))),
    responses((status = 200, body = ImportReport)))]
pub async fn import(
    app: web::Data<App>,
    caller: Caller,
    path: web::Path<(String, String)>,
    request: HttpRequest,
    body: web::Bytes,
) -> Result<HttpResponse, ApiError> {
    if app.is_draining() {
        return Err(ApiError::new(Code::NotReady, "the server is stopping"));
    }
    let (world, kind) = path.into_inner();
    let world = worlds::find(&app, &world)?;
    let mut query = Query::of(&request)?;
    let digest = query
        .text("digest")
        .ok_or_else(|| ApiError::new(Code::MalformedQuery, "digest is missing"))?;
    query.end()?;
    let judged = judge(&world, &caller, &kind, &request, body).await?;
    if judged.preview.digest != *digest {
        let earlier = import::earlier(&app, &world, &caller.actor, &digest, &judged).await?;
        let changed = || {
            let detail = "the file, or what it would change, is not what was previewed";
            ApiError::new(Code::PreviewChanged, detail)
        };
        return Ok(HttpResponse::Ok().json(earlier.ok_or_else(changed)?));
    }
    if judged.preview.errors > 0 {
        let detail = format!("{} rows are wrong; nothing was done", judged.preview.errors);
        return Err(ApiError::new(Code::FileHasErrors, detail));
    }
    let report = import::apply(&app, &world, &caller.actor, judged).await?;
    Ok(HttpResponse::Ok().json(report))
}

fn kind_of(word: &str) -> Result<Kind, ApiError> {
    Kind::parse(word).ok_or_else(no_sheet)
}

fn no_sheet() -> ApiError {
    ApiError::new(Code::NotFound, "no such kind in the registry")
}

fn exported(
    app: &App,
    caller: &Caller,
    (world, kind): (String, String),
    request: &HttpRequest,
    format: FileFormat,
) -> Result<HttpResponse, ApiError> {
    let world = worlds::find(app, &world)?;
    let kind = kind_of(&kind)?;
    let mut query = Query::of(request)?;
    let asked = query
        .text("jurisdiction")
        .map(|code| DivisionCode::new(&code))
        .transpose()
        .map_err(|error| ApiError::new(Code::MalformedQuery, format!("jurisdiction: {error}")))?;
    query.end()?;
    let standing = world.picture().world().clone();
    caller.scope(&standing)?;
    let table = export::table(&standing, kind, &caller.actor, asked).ok_or_else(no_sheet)?;
    let file = table.file(format).map_err(|error| {
        tracing::error!(%error, "the registry could not be exported");
        ApiError::new(Code::Internal, "internal error")
    })?;
    let (media, ending) = format.media();
    let day = time::local_date(time::now());
    let name = format!("chiyuan-{}-{}-{day}.{ending}", world.id(), kind.as_str());
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, media))
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(file))
}

/// Judges the file of a body on a thread of its own: a workbook that breaks its reader breaks nothing else.
async fn judge(
    world: &Arc<WorldRuntime>,
    caller: &Caller,
    kind: &str,
    request: &HttpRequest,
    body: web::Bytes,
) -> Result<Judged, ApiError> {
    let kind = kind_of(kind)?;
    let format = FileFormat::of_media(request.content_type()).ok_or_else(|| {
        let detail = "the body is a CSV file or a workbook (.xlsx), and says so";
        ApiError::new(Code::NotASheet, detail)
    })?;
    let standing = world.picture().world().clone();
    caller.scope(&standing)?;
    let actor = caller.actor.clone();
    let judged = tokio::task::spawn_blocking(move || {
        preview::judge(&standing, kind, &actor, format, &body, time::now())
    });
    let unreadable = |detail: String| ApiError::new(Code::UnreadableFile, detail);
    match judged.await {
        Ok(Ok(judged)) => judged.ok_or_else(no_sheet),
        Ok(Err(error)) => Err(unreadable(error.to_string())),
        Err(error) => {
            tracing::warn!(%error, "a file broke its reader");
            Err(unreadable("the file is damaged".to_owned()))
        }
    }
}
