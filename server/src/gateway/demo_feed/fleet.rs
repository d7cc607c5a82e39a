//! Which units drive, from where, and where to: read from the public resources.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use super::{chance::Chance, driver::Driver, route::Place};

/// What the fleet is made of.
pub const KINDS: &str = "ambulance,station,facility";
/// Facilities that crews drive to.
const GOALS: &[&str] = &["hospital", "emergency_centre", "township_hospital"];
/// Statuses of units that stand still whatever happens.
const STANDING: &[&str] = &["out_of_service"];

/// Takes in the present fleet: new units begin, gone ones end, the others go on where they are.
pub fn refresh(drivers: &mut BTreeMap<String, Driver>, features: &[Value], share: f64, seed: u64) {
    let mut places: HashMap<&str, Place> = HashMap::new();
    let mut goals: HashMap<&str, Vec<Place>> = HashMap::new();
    for feature in features {
        let (Some(id), Some(place)) = (feature["id"].as_str(), place(feature)) else {
            continue;
        };
        let properties = &feature["properties"];
        places.insert(id, place);
        let is_goal = match properties["kind"].as_str() {
            Some("station") => true,
            Some("facility") => properties["facility_type"]
                .as_str()
                .is_some_and(|word| GOALS.contains(&word)),
            _ => false,
        };
        if let Some(county) = properties["jurisdiction"].as_str().filter(|_| is_goal) {
            goals.entry(county).or_default().push(place);
        }
    }
    let mut present = BTreeMap::new();
    for feature in features {
        let properties = &feature["properties"];
        let (Some(id), Some(place)) = (feature["id"].as_str(), place(feature)) else {
            continue;
        };
        let standing = properties["status"]
            .as_str()
            .is_some_and(|status| STANDING.contains(&status));
        let mut chance = Chance::new(seed, id);
        if properties["kind"] != "ambulance" || standing || chance.unit() >= share {
            continue;
        }
        let home = properties["home_id"].as_str();
        let home = home.and_then(|home| places.get(home)).copied();
        let home = home.unwrap_or(place);
        let county = properties["jurisdiction"].as_str().unwrap_or_default();
        let goals = goals.get(county).cloned().unwrap_or_default();
        let driver = match drivers.remove(id) {
            Some(mut driver) => {
                driver.learn(home, goals);
                driver
            }
            None => Driver::new(place, home, goals, chance),
        };
        present.insert(id.to_owned(), driver);
    }
    *drivers = present;
}

fn place(feature: &Value) -> Option<Place> {
    let point = feature["geometry"]["coordinates"].as_array()?;
    Some((point.first()?.as_f64()?, point.get(1)?.as_f64()?))
}
