//! Where things belong and stand: jurisdictions, facilities and stations.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    DivisionCode, Entity, EntityId, Kind, Placed, Point, Rejection, RejectionCode, World,
    decide::Context,
    header::Stateless,
    text::{Name, Term},
};

/// 城市 or 农村: which service radius applies (SZ-22, JZ-13).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Zone {
    Urban,
    Rural,
}

/// City or county.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum JurisdictionTier {
    City,
    County,
}

/// 行政区划: a city or county by its GB/T 2260 code.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct JurisdictionSpec {
    pub code: DivisionCode,
    #[schema(value_type = String)]
    pub name: Name,
    #[schema(value_type = String)]
    pub name_en: Name,
    /// The city a county belongs to; none for a city and for a stand-alone county.
    pub parent: Option<DivisionCode>,
    pub tier: JurisdictionTier,
    pub zone: Zone,
    /// Residents, census 2020.
    pub population: u32,
    #[serde(default)]
    pub area_km2: Option<f64>,
}

/// 医疗机构与疾控设施: hospital, CDC, depot, base.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FacilitySpec {
    #[schema(value_type = String)]
    pub name: Name,
    pub jurisdiction: DivisionCode,
    pub facility_type: FacilityType,
    pub level: FacilityLevel,
    pub ownership: Ownership,
    /// What it is designated for: `designated_infectious`, `treatment_base`...
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub roles: Vec<Term>,
    /// 编制床位
    #[serde(default)]
    pub authorised_beds: Option<u32>,
}

/// Kind of a facility.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FacilityType {
    Hospital,
    /// 疾病预防控制中心
    Cdc,
    /// 储备库
    Depot,
    /// 专业基地
    Base,
    EmergencyCentre,
    /// 采供血机构
    Blood,
    /// 乡镇卫生院
    TownshipHospital,
    /// 卫生监督机构
    Supervision,
}

impl FacilityType {
    /// Whether patients are taken there.
    #[must_use]
    pub fn takes_patients(self) -> bool {
        matches!(
            self,
            Self::Hospital | Self::TownshipHospital | Self::EmergencyCentre
        )
    }
}

/// 医院等级
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FacilityLevel {
    TertiaryA,
    TertiaryB,
    Tertiary,
    SecondaryA,
    SecondaryB,
    Secondary,
    Primary,
    Ungraded,
}

/// 公立 or 民营.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Ownership {
    Public,
    Private,
}

/// 急救站点: city centre, county sub-centre or township station (SZ-23, JZ-14).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StationSpec {
    #[schema(value_type = String)]
    pub name: Name,
    pub jurisdiction: DivisionCode,
    pub tier: StationTier,
    pub zone: Zone,
    /// 服务半径, metres: 5 000 urban, 10 000-20 000 rural (SZ-22).
    pub service_radius_m: u32,
    #[serde(default)]
    pub facility_id: Option<EntityId>,
    #[serde(default)]
    pub parent_id: Option<EntityId>,
}

/// Tier of a station in the three-tier network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StationTier {
    /// 市级急救中心
    Centre,
    /// 县级急救分中心
    SubCentre,
    /// 乡镇急救站点
    Township,
}

/// 行政区划
pub type Jurisdiction = Placed<JurisdictionSpec, Stateless>;
/// 医疗机构与疾控设施
pub type Facility = Placed<FacilitySpec, Stateless>;
/// 急救站点
pub type Station = Placed<StationSpec, Stateless>;

/// A place that a command names: real, and not the 0, 0 that broken devices say.
pub(crate) fn point(lon: f64, lat: f64) -> Result<Point, Rejection> {
    let refuse = |detail: &str| Rejection::new(RejectionCode::OutOfLimits, detail);
    if lon == 0.0 && lat == 0.0 {
        return Err(refuse("0, 0 is no place of ours"));
    }
    Point::new(lon, lat).map_err(|error| refuse(&error.to_string()))
}

/// The same for a place that may be left out.
pub(crate) fn optional_point(
    lon: Option<f64>,
    lat: Option<f64>,
) -> Result<Option<Point>, Rejection> {
    match (lon, lat) {
        (Some(lon), Some(lat)) => point(lon, lat).map(Some),
        (None, None) => Ok(None),
        _ => Err(Rejection::new(
            RejectionCode::OutOfLimits,
            "lon and lat come together",
        )),
    }
}

/// Where something new belongs: as named; else the actor's own county; else the county of the nearest station (or
/// jurisdiction) of his. None if nothing tells.
pub(crate) fn jurisdiction_for(
    world: &World,
    named: Option<DivisionCode>,
    point: Option<Point>,
    context: &Context,
) -> Result<Option<DivisionCode>, Rejection> {
    let in_use = |code: &DivisionCode| {
        world
            .jurisdiction(*code)
            .is_some_and(|place| !place.header.retired)
    };
    if let Some(code) = named {
        let detail = || format!("no jurisdiction {code}");
        let code = named.filter(in_use);
        return match code {
            Some(_) => Ok(code),
            None => Err(Rejection::new(RejectionCode::UnknownReference, detail())),
        };
    }
    let own = context.actor.jurisdiction.filter(in_use);
    let nearest = point.and_then(|point| {
        nearest(world, Kind::Station, point, own)
            .or_else(|| nearest(world, Kind::Jurisdiction, point, own))
    });
    Ok(nearest.or(own))
}

/// The jurisdiction of the nearest thing of a kind inside `scope`; ties by id.
fn nearest(
    world: &World,
    kind: Kind,
    from: Point,
    scope: Option<DivisionCode>,
) -> Option<DivisionCode> {
    let inside = |code: &DivisionCode| scope.is_none_or(|scope| world.covers(scope, *code));
    let open = world
        .of_kind(kind)
        .filter(|entity| !entity.header().retired);
    let near = open.filter_map(|entity| {
        let code = entity.jurisdiction().filter(inside)?;
        Some((flat_distance(from, entity.point()?), code))
    });
    near.min_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, code)| code)
}

/// A measure that grows with distance, good enough to tell which county is near; never shown.
fn flat_distance(a: Point, b: Point) -> f64 {
    let lon = (a.lon() - b.lon() + 540.0).rem_euclid(360.0) - 180.0;
    let lat = a.lat() - b.lat();
    let scale = ((a.lat() + b.lat()) / 2.0).to_radians().cos();
    (lon * scale).powi(2) + lat.powi(2)
}

impl Entity {
    /// Whether it is of this jurisdiction or of no one's.
    #[must_use]
    pub fn belongs_to_nobody(&self) -> bool {
        matches!(self, Self::Call(call) if call.jurisdiction.is_none())
    }
}
