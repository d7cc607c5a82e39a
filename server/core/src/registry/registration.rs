//! A resource as an administrator or a seed file states it: identity, source, place, specification, first state.

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use crate::{
    Centre, EntityId, Kind, Point,
    bed_pool::BedPoolSpec,
    item::ItemSpec,
    norm::NormSpec,
    place::{FacilitySpec, JurisdictionSpec, StationSpec},
    shift::CrewMember,
    stockpile::{Lot, StockpileSpec},
    text::Note,
    unit::{AmbulanceSpec, SpecialVehicleSpec, TeamSpec, UnitStatus},
};

/// Most further centres that may see an entity.
pub const MAX_VISIBLE_TO: usize = 16;

/// What the registry says of a resource, by kind.
#[derive(Debug, Clone, PartialEq)]
pub enum Spec {
    Jurisdiction(JurisdictionSpec),
    Facility(FacilitySpec),
    Station(StationSpec),
    Ambulance(AmbulanceSpec),
    Team(TeamSpec),
    SpecialVehicle(SpecialVehicleSpec),
    BedPool(BedPoolSpec),
    Stockpile(StockpileSpec),
    Item(ItemSpec),
    Norm(NormSpec),
}

impl Spec {
    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Jurisdiction(_) => Kind::Jurisdiction,
            Self::Facility(_) => Kind::Facility,
            Self::Station(_) => Kind::Station,
            Self::Ambulance(_) => Kind::Ambulance,
            Self::Team(_) => Kind::Team,
            Self::SpecialVehicle(_) => Kind::SpecialVehicle,
            Self::BedPool(_) => Kind::BedPool,
            Self::Stockpile(_) => Kind::Stockpile,
            Self::Item(_) => Kind::Item,
            Self::Norm(_) => Kind::Norm,
        }
    }

    fn parse(kind: Kind, fields: Map<String, Value>) -> Result<Self, String> {
        fn read<T: DeserializeOwned>(fields: Map<String, Value>) -> Result<T, String> {
            serde_json::from_value(Value::Object(fields)).map_err(|error| error.to_string())
        }
        Ok(match kind {
            Kind::Jurisdiction => Self::Jurisdiction(read(fields)?),
            Kind::Facility => Self::Facility(read(fields)?),
            Kind::Station => Self::Station(read(fields)?),
            Kind::Ambulance => Self::Ambulance(read(fields)?),
            Kind::Team => Self::Team(read(fields)?),
            Kind::SpecialVehicle => Self::SpecialVehicle(read(fields)?),
            Kind::BedPool => Self::BedPool(read(fields)?),
            Kind::Stockpile => Self::Stockpile(read(fields)?),
            Kind::Item => Self::Item(read(fields)?),
            Kind::Norm => Self::Norm(read(fields)?),
            other => return Err(format!("a {} is not registered", other.as_str())),
        })
    }

    fn fields(&self) -> Result<Value, serde_json::Error> {
        match self {
            Self::Jurisdiction(spec) => serde_json::to_value(spec),
            Self::Facility(spec) => serde_json::to_value(spec),
            Self::Station(spec) => serde_json::to_value(spec),
            Self::Ambulance(spec) => serde_json::to_value(spec),
            Self::Team(spec) => serde_json::to_value(spec),
            Self::SpecialVehicle(spec) => serde_json::to_value(spec),
            Self::BedPool(spec) => serde_json::to_value(spec),
            Self::Stockpile(spec) => serde_json::to_value(spec),
            Self::Item(spec) => serde_json::to_value(spec),
            Self::Norm(spec) => serde_json::to_value(spec),
        }
    }
}

/// The first state of a new resource; each field belongs to some kinds only.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Initial {
    /// Units; left out: `off_duty`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<UnitStatus>,
    /// Units: who is on duty from the start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub crew: Option<Vec<CrewMember>>,
    /// Bed pools.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub physical: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub staffed: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub occupied: Option<u32>,
    /// Stockpiles.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lots: Option<Vec<Lot>>,
}

impl Initial {
    fn fields_of(kind: Kind) -> &'static [&'static str] {
        match kind {
            Kind::Ambulance | Kind::Team | Kind::SpecialVehicle => &["status", "crew"],
            Kind::BedPool => &["physical", "staffed", "occupied"],
            Kind::Stockpile => &["lots"],
            _ => &[],
        }
    }
}

/// `{kind, id?, source?, visible_to?, lon?, lat?, ...fields of the kind}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Map<String, Value>", into = "Map<String, Value>")]
pub struct Registration {
    pub id: Option<EntityId>,
    pub source: Note,
    pub visible_to: Vec<Centre>,
    /// Left out, it is the place of the home or facility.
    pub point: Option<Point>,
    pub initial: Initial,
    pub spec: Spec,
}

impl TryFrom<Map<String, Value>> for Registration {
    type Error = String;

    fn try_from(mut fields: Map<String, Value>) -> Result<Self, String> {
        let kind: Kind = take(&mut fields, "kind")?.ok_or("missing field `kind`")?;
        let visible_to: Vec<Centre> = take(&mut fields, "visible_to")?.unwrap_or_default();
        if visible_to.len() > MAX_VISIBLE_TO {
            return Err(format!("visible_to has at most {MAX_VISIBLE_TO} centres"));
        }
        let (lon, lat): (Option<f64>, Option<f64>) =
            (take(&mut fields, "lon")?, take(&mut fields, "lat")?);
        let point = match (lon, lat) {
            (Some(lon), Some(lat)) => {
                Some(Point::new(lon, lat).map_err(|error| error.to_string())?)
            }
            (None, None) => None,
            _ => return Err("lon and lat come together".to_owned()),
        };
        if point.is_some() && !kind.is_placed() {
            return Err(format!("a {} has no place", kind.as_str()));
        }
        let first: Map<String, Value> = Initial::fields_of(kind)
            .iter()
            .filter_map(|name| {
                fields
                    .remove(*name)
                    .map(|value| ((*name).to_owned(), value))
            })
            .collect();
        Ok(Self {
            id: take(&mut fields, "id")?,
            source: take(&mut fields, "source")?.unwrap_or_default(),
            visible_to,
            point,
            initial: serde_json::from_value(Value::Object(first))
                .map_err(|error| error.to_string())?,
            spec: Spec::parse(kind, fields)?,
        })
    }
}

impl From<Registration> for Map<String, Value> {
    fn from(registration: Registration) -> Self {
        let mut fields = match registration.spec.fields() {
            Ok(Value::Object(fields)) => fields,
            _ => Self::new(),
        };
        if let Ok(Value::Object(first)) = serde_json::to_value(&registration.initial) {
            fields.extend(first);
        }
        fields.insert("kind".to_owned(), registration.spec.kind().as_str().into());
        fields.insert("source".to_owned(), registration.source.as_str().into());
        if let Some(id) = registration.id {
            fields.insert("id".to_owned(), id.as_str().into());
        }
        if !registration.visible_to.is_empty() {
            let centres = registration
                .visible_to
                .iter()
                .map(|centre| Value::from(centre.as_str()))
                .collect();
            fields.insert("visible_to".to_owned(), Value::Array(centres));
        }
        if let Some(point) = registration.point {
            fields.insert("lon".to_owned(), point.lon().into());
            fields.insert("lat".to_owned(), point.lat().into());
        }
        fields
    }
}

fn take<T: DeserializeOwned>(
    fields: &mut Map<String, Value>,
    name: &str,
) -> Result<Option<T>, String> {
    match fields.remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => serde_json::from_value(value)
            .map(Some)
            .map_err(|error| format!("{name}: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Registration, String> {
        serde_json::from_str(text).map_err(|error| error.to_string())
    }

    #[test]
    fn a_registration_reads_back_as_written() {
        let text = r#"{"kind":"bed_pool","id":"bed-1","name":"负压","facility_id":"fac-1","jurisdiction":"140602",
            "ward":"感染科","properties":["icu"],"physical":4,"staffed":3,"occupied":1,"source":"SZ-16","lon":112.4,"lat":39.3}"#;
        let first = parse(text).unwrap();
        let again = parse(&serde_json::to_string(&first).unwrap()).unwrap();
        assert_eq!(first, again);
        assert_eq!(first.initial.staffed, Some(3));
    }

    #[test]
    fn fields_of_other_kinds_are_unknown() {
        for (text, word) in [
            (
                r#"{"kind":"item","name":"x","name_en":"x","category":"c","unit":"u","status":"available"}"#,
                "status",
            ),
            (
                r#"{"kind":"item","name":"x","name_en":"x","category":"c","unit":"u","lon":1,"lat":1}"#,
                "no place",
            ),
            (r#"{"kind":"station","name":"x","colour":"red"}"#, "colour"),
            (r#"{"kind":"clock"}"#, "clock"),
            (r#"{"name":"x"}"#, "kind"),
            (r#"{"kind":"station","lon":1}"#, "together"),
        ] {
            let error = parse(text).unwrap_err();
            assert!(error.contains(word), "{text}: {error}");
        }
    }
}
