//! What lies under everything on the map, for the screens that draw it.

pub mod archive;

use actix_web::{HttpResponse, web};
use serde::Serialize;
use utoipa::ToSchema;

use super::caller::Caller;
use crate::{
    app::App,
    basemap::{self, BaseMap, Datum, Source},
};

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config.route("/basemap", web::get().to(show));
}

/// The base map under the packaged boundaries.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum BaseMapView {
    /// None was configured: the packaged base stands alone.
    Packaged,
    /// Pictures from tile servers, on the web mercator grid.
    Tiles {
        /// Addresses with `{z}`, `{x}`, `{y}` and perhaps `{s}`; the first lies lowest.
        layers: Vec<String>,
        /// What `{s}` may be.
        subdomains: Vec<String>,
        max_zoom: u8,
        datum: Datum,
        /// Whose map it is and its approval number.
        attribution: Option<String>,
    },
    /// One PMTiles file on this server.
    Archive {
        /// Where it is read by range.
        path: String,
        content: Content,
        min_zoom: u8,
        max_zoom: u8,
        /// West, south, east, north, degrees.
        bounds: [f64; 4],
        datum: Datum,
        attribution: Option<String>,
    },
}

/// What the tiles of a file are.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Content {
    /// Mapbox vector tiles.
    Vector,
    /// Pictures.
    Raster,
}

impl From<basemap::archive::Content> for Content {
    fn from(content: basemap::archive::Content) -> Self {
        match content {
            basemap::archive::Content::Vector => Self::Vector,
            basemap::archive::Content::Raster => Self::Raster,
        }
    }
}

impl BaseMapView {
    fn of(base: &BaseMap) -> Self {
        let (datum, attribution) = (base.datum, base.attribution.clone());
        match &base.source {
            Source::Tiles {
                layers,
                subdomains,
                max_zoom,
            } => Self::Tiles {
                layers: layers.iter().map(|layer| layer.address.clone()).collect(),
                subdomains: subdomains.clone(),
                max_zoom: *max_zoom,
                datum,
                attribution,
            },
            Source::Archive(archive) => Self::Archive {
                path: archive::PATH.to_owned(),
                content: archive.content.into(),
                min_zoom: archive.min_zoom,
                max_zoom: archive.max_zoom,
                bounds: archive.bounds,
                datum,
                attribution,
            },
        }
    }
}

/// The base map of this server.
#[utoipa::path(get, operation_id = "show_basemap", path = "/api/v1/basemap", tag = "basemap",
    responses((status = 200, body = BaseMapView)))]
pub async fn show(app: web::Data<App>, _caller: Caller) -> HttpResponse {
    let base = app.config.basemap.as_ref();
    HttpResponse::Ok().json(base.map_or(BaseMapView::Packaged, BaseMapView::of))
}
