//! Recommendations with 10 000 units at 300 stations, one dispatcher after the other: how long one answer takes beside an
//! empty endpoint of the same server. The promise is 50 ms.
#![expect(clippy::unwrap_used, reason = "a benchmark fails loudly")]

use std::{fmt::Write as _, path::Path, time::Duration, time::Instant};

use chiyuan_tests::{
    Client, Database, Server,
    random::Random,
    server::{data_dir, tool},
};
use serde_json::json;

const UNITS: usize = 10_000;
const STATIONS: usize = 300;
const ASKED: usize = 300;

#[tokio::main]
async fn main() {
    let database = Database::empty().await;
    let data = data_dir(&database.name);
    let seed = data.join("bench-seed");
    write_seed(&seed);
    tool(&database.url, &data, &["seed", seed.to_str().unwrap()]).await;
    let printed = tool(
        &database.url,
        &data,
        &["token", "add", "--role", "dispatcher"],
    )
    .await;
    let server = Server::start(&database).await;
    let client = server
        .anonymous()
        .with_token(printed.split_whitespace().last().unwrap());
    let mut random = Random::new(11);
    let mut paths = Vec::new();
    for _ in 0..20 {
        let (lon, lat) = place(&mut random);
        let body = json!({"type": "open_incident", "incident_type": "medical", "priority": "P1", "lon": lon, "lat": lat});
        let opened = client.command("live", &body).await.ok();
        let id = opened["changes"][0]["id"].as_str().unwrap().to_owned();
        paths.push(format!(
            "/api/v1/worlds/live/incidents/{id}/recommendations"
        ));
    }
    let (mut asked, mut empty) = (Vec::new(), Vec::new());
    for number in 0..ASKED {
        asked.push(timed(&client, &paths[number % paths.len()]).await);
        empty.push(timed(&client, "/health/live").await);
    }
    println!(
        "recommendation among {UNITS} units at {STATIONS} stations, {ASKED} answers one after the other:"
    );
    println!(
        "  median {:?}, p99 {:?}; an empty endpoint: median {:?}",
        at(&mut asked, 0.5),
        at(&mut asked, 0.99),
        at(&mut empty, 0.5)
    );
    server.stop().await;
}

async fn timed(client: &Client, path: &str) -> Duration {
    let begun = Instant::now();
    client.get(path).await.ok();
    begun.elapsed()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a few hundred answers"
)]
fn at(times: &mut [Duration], share: f64) -> Duration {
    times.sort_unstable();
    times[((times.len() - 1) as f64 * share) as usize]
}

/// Points over a city of the size of Shuozhou.
fn place(random: &mut Random) -> (f64, f64) {
    (random.within(111.8, 113.6), random.within(39.0, 40.3))
}

fn write_seed(dir: &Path) {
    std::fs::create_dir_all(dir).unwrap();
    let write = |name: &str, text: &str| std::fs::write(dir.join(name), text).unwrap();
    write(
        "jurisdictions.csv",
        "id,code,name,name_en,parent,tier,zone,population,area_km2,lon,lat,centre,source\n\
         jur-140600,140600,朔州市,Shuozhou,,city,urban,1593444,10629,112.42,39.32,140600,demo\n",
    );
    let mut random = Random::new(7);
    let mut stations = String::from(
        "id,name,jurisdiction,tier,zone,service_radius_m,facility_id,parent_id,lon,lat,centre,source\n",
    );
    for number in 0..STATIONS {
        let (lon, lat) = place(&mut random);
        let _ = writeln!(
            stations,
            "sta-{number},站{number},140600,township,rural,10000,,,{lon:.6},{lat:.6},140600,demo"
        );
    }
    write("stations.csv", &stations);
    let mut units = String::from(
        "id,name,plate,jurisdiction,home_id,class,capabilities,equipment,status,crew,lon,lat,centre,source\n",
    );
    for number in 0..UNITS {
        let class = ["A", "B", "B", "C"][number % 4];
        let _ = writeln!(
            units,
            "amb-{number},朔州 {number},晋F·{number},140600,sta-{},{class},transport;monitoring,,available,driver;doctor;nurse,,,140600,demo",
            number % STATIONS
        );
    }
    write("ambulances.csv", &units);
}
