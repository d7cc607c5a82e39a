//! What a world has to play with: stations near which things happen, hospitals, vehicles without a crew.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{Client, random::Random};

/// A place near which cases happen.
#[derive(Debug, Clone)]
pub struct Spot {
    pub centre: String,
    pub jurisdiction: String,
    pub lon: f64,
    pub lat: f64,
}

/// Share of the calls of each centre, after their populations.
const SHARES: [(&str, f64); 5] = [
    ("140300", 0.17),
    ("140600", 0.22),
    ("140700", 0.47),
    ("640221", 0.05),
    ("653130", 0.09),
];

/// Places, hospitals and vehicles of a world.
#[derive(Debug, Default)]
pub struct Ground {
    /// By centre.
    spots: BTreeMap<String, Vec<Spot>>,
    hospitals: BTreeMap<String, Vec<String>>,
    pub uncrewed: Vec<String>,
}

impl Ground {
    /// Reads the registry of a world.
    pub async fn read(client: &Client, world: &str) -> Self {
        let mut ground = Self::default();
        for feature in features(client, world, "station").await {
            let spot = Spot {
                centre: text(&feature, "centre"),
                jurisdiction: text(&feature, "jurisdiction"),
                lon: feature["geometry"]["coordinates"][0]
                    .as_f64()
                    .expect("a lon"),
                lat: feature["geometry"]["coordinates"][1]
                    .as_f64()
                    .expect("a lat"),
            };
            ground
                .spots
                .entry(spot.centre.clone())
                .or_default()
                .push(spot);
        }
        for feature in features(client, world, "facility").await {
            if text(&feature, "facility_type") == "hospital" {
                let of_centre = ground
                    .hospitals
                    .entry(text(&feature, "centre"))
                    .or_default();
                of_centre.push(feature["id"].as_str().expect("an id").to_owned());
            }
        }
        for feature in features(client, world, "ambulance").await {
            if feature["properties"]["shift_id"].is_null() {
                let id = feature["id"].as_str().expect("an id").to_owned();
                ground.uncrewed.push(id);
            }
        }
        assert_eq!(ground.spots.len(), SHARES.len());
        ground
    }

    /// Somewhere, by the shares of the centres; within a few kilometres of a station.
    #[must_use]
    pub fn spot(&self, random: &mut Random) -> Spot {
        let mut at = random.within(0.0, 1.0);
        let centre = SHARES.iter().find(|(_, share)| {
            at -= share;
            at < 0.0
        });
        let (centre, _) = centre.unwrap_or(&SHARES[2]);
        let spot = random.one_of(&self.spots[*centre]).clone();
        Spot {
            lon: spot.lon + random.within(-0.03, 0.03),
            lat: spot.lat + random.within(-0.02, 0.02),
            ..spot
        }
    }

    /// A hospital of a centre.
    #[must_use]
    pub fn hospital(&self, centre: &str, random: &mut Random) -> String {
        random.one_of(&self.hospitals[centre]).clone()
    }
}

fn text(feature: &Value, field: &str) -> String {
    feature["properties"][field]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

async fn features(client: &Client, world: &str, kind: &str) -> Vec<Value> {
    let mut found = Vec::new();
    let mut cursor = String::new();
    loop {
        let path = format!("/api/v1/worlds/{world}/resources?kind={kind}&limit=1000{cursor}");
        let page = client.get(&path).await.ok();
        found.extend(
            page["features"]
                .as_array()
                .expect("features")
                .iter()
                .cloned(),
        );
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return found,
        }
    }
}
