//! Where things belong and stand: jurisdictions, facilities and stations.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    DivisionCode, EntityId, Placed,
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
