//! Nearest-10 over 100 000 resources: HTTP as a ranking and with all properties, an empty endpoint of the same server,
//! one that only tells whose account it is, the same question with nothing in reach, Redis GEOSEARCH and PostGIS KNN, in
//! turns in one run with the same number of clients. Says ratios; asserts nothing about absolute times.
#![expect(clippy::unwrap_used, reason = "a benchmark fails loudly")]

use std::{
    fmt::Write as _,
    future::Future,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use chiyuan_tests::{
    Database, Server,
    random::Random,
    server::{data_dir, tool},
    services::services,
};
use diesel_async::{AsyncConnection, AsyncPgConnection, SimpleAsyncConnection};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::Barrier,
};

const RESOURCES: usize = 100_000;
const CLIENTS: usize = 16;
const ROUNDS: usize = 7;
const ROUND: Duration = Duration::from_secs(2);

#[tokio::main]
async fn main() {
    // `cargo test --benches` and the like pass flags that are not for us.
    let database = Database::empty().await;
    let data = data_dir(&database.name);
    let seed = data.join("bench-seed");
    write_seed(&seed);
    let begun = Instant::now();
    tool(&database.url, &data, &["seed", seed.to_str().unwrap()]).await;
    println!(
        "{RESOURCES} resources loaded through the journal in {:.1} s",
        begun.elapsed().as_secs_f64()
    );
    let server = Server::start(&database).await;
    let token = database.accounts.device_token.clone();
    let token = bench_token(&database, &data).await.unwrap_or(token);
    fill_redis().await;
    tune_postgis(&database).await;

    let mut rounds = Vec::with_capacity(ROUNDS);
    for number in 1..=ROUNDS {
        let over_http = async |path: fn(&mut Random) -> String| {
            rate(|client| http(server.port, token.clone(), client, path)).await
        };
        let round = Round {
            empty: over_http(empty_path).await,
            account: over_http(account_path).await,
            nothing: over_http(nothing_path).await,
            ranking: over_http(ranking_path).await,
            full: over_http(nearest_path).await,
            redis: rate(redis_client).await,
            postgis: rate(|client| postgis_client(database.url.clone(), client)).await,
        };
        println!("round {number}: {round}");
        rounds.push(round);
    }
    report(&rounds);
    server.stop().await;
}

/// Requests per second of one turn of everybody.
struct Round {
    empty: f64,
    account: f64,
    nothing: f64,
    ranking: f64,
    full: f64,
    redis: f64,
    postgis: f64,
}

impl std::fmt::Display for Round {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "empty {:.0}/s, account {:.0}/s, nothing in reach {:.0}/s, nearest-10 as ranking {:.0}/s, with all properties \
            {:.0}/s, GEOSEARCH {:.0}/s, KNN {:.0}/s",
            self.empty,
            self.account,
            self.nothing,
            self.ranking,
            self.full,
            self.redis,
            self.postgis
        )
    }
}

/// Says the median of the ratios of every round: what slows the machine for a while slows both sides of a ratio.
fn report(rounds: &[Round]) {
    type Rate = fn(&Round) -> f64;
    let answers: [(&str, Rate); 2] = [
        ("as ranking (ids and distances)", |round| round.ranking),
        ("with all properties", |round| round.full),
    ];
    let floors: [(&str, Rate); 5] = [
        ("an empty endpoint, which asks for no account", |round| {
            round.empty
        }),
        ("an endpoint that asks for an account", |round| {
            round.account
        }),
        ("the same question with nothing in reach", |round| {
            round.nothing
        }),
        ("Redis GEOSEARCH", |round| round.redis),
        ("PostGIS KNN", |round| round.postgis),
    ];
    println!(
        "median of {} rounds, {CLIENTS} clients, {RESOURCES} resources",
        rounds.len()
    );
    for (answer, rate) in answers {
        println!("  nearest-10 over HTTP {answer} reaches");
        for (floor, of) in floors {
            let ratio = median(rounds.iter().map(|round| rate(round) / of(round)).collect());
            println!("  {ratio:8.2} times the rate of {floor}");
        }
    }
}

/// A reader's token for the load.
async fn bench_token(database: &Database, data: &std::path::Path) -> Option<String> {
    let printed = tool(&database.url, data, &["token", "add", "--role", "observer"]).await;
    printed.split_whitespace().last().map(str::to_owned)
}

/// Points around Shanxi, as dense as cities are.
fn place(random: &mut Random) -> (f64, f64) {
    (random.within(110.5, 114.5), random.within(35.0, 40.5))
}

fn nearest_path(random: &mut Random) -> String {
    let (lon, lat) = place(random);
    format!("/api/v1/worlds/live/nearest?lon={lon:.5}&lat={lat:.5}&kind=ambulance&limit=10")
}

fn ranking_path(random: &mut Random) -> String {
    nearest_path(random) + "&detail=ranking"
}

/// What it costs to know who is calling.
fn account_path(_: &mut Random) -> String {
    "/api/v1/session".to_owned()
}

/// What account, routing and question cost without an answer.
fn nothing_path(random: &mut Random) -> String {
    nearest_path(random) + "&max_distance_m=0"
}

fn empty_path(_: &mut Random) -> String {
    "/health/live".to_owned()
}

fn write_seed(dir: &std::path::Path) {
    std::fs::create_dir_all(dir).unwrap();
    let write = |name: &str, text: &str| std::fs::write(dir.join(name), text).unwrap();
    write(
        "jurisdictions.csv",
        "id,code,name,name_en,parent,tier,zone,population,area_km2,lon,lat,centre,source\n\
         jur-140600,140600,朔州市,Shuozhou,,city,urban,1593444,10629,112.42,39.32,140600,demo\n",
    );
    write(
        "stations.csv",
        "id,name,jurisdiction,tier,zone,service_radius_m,facility_id,parent_id,lon,lat,centre,source\n\
         sta-1,中心站,140600,centre,urban,5000,,,112.42,39.32,140600,demo\n",
    );
    let mut random = Random::new(7);
    let mut rows = String::from(
        "id,name,plate,jurisdiction,home_id,class,capabilities,equipment,status,lon,lat,centre,source\n",
    );
    for number in 0..RESOURCES {
        let (lon, lat) = place(&mut random);
        let class = ["A", "B", "B", "C"][number % 4];
        let _ = writeln!(
            rows,
            "amb-{number},朔州 {number},晋F·{number},140600,sta-1,{class},transport;monitoring,,available,{lon:.6},{lat:.6},140600,demo"
        );
    }
    write("ambulances.csv", &rows);
}

/// Runs a closed loop of clients for one round and returns requests per second.
async fn rate<C, F>(client: C) -> f64
where
    C: Fn(Load) -> F,
    F: Future<Output = ()> + Send + 'static,
{
    let (stop, done) = (
        Arc::new(AtomicBool::new(false)),
        Arc::new(AtomicU64::new(0)),
    );
    let start = Arc::new(Barrier::new(CLIENTS + 1));
    let tasks: Vec<_> = (0..CLIENTS)
        .map(|number| {
            let load = Load {
                start: Arc::clone(&start),
                stop: Arc::clone(&stop),
                done: Arc::clone(&done),
                random: Random::new(number as u64 + 1),
            };
            tokio::spawn(client(load))
        })
        .collect();
    start.wait().await;
    let begun = Instant::now();
    tokio::time::sleep(ROUND).await;
    stop.store(true, Ordering::Relaxed);
    for task in tasks {
        task.await.unwrap();
    }
    #[expect(clippy::cast_precision_loss, reason = "counts are small")]
    let rate = done.load(Ordering::Relaxed) as f64 / begun.elapsed().as_secs_f64();
    rate
}

struct Load {
    /// All clients are connected.
    start: Arc<Barrier>,
    stop: Arc<AtomicBool>,
    done: Arc<AtomicU64>,
    random: Random,
}

impl Load {
    async fn begin(&self) {
        self.start.wait().await;
    }

    fn goes_on(&self) -> bool {
        !self.stop.load(Ordering::Relaxed)
    }

    fn count(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }
}

/// Different requests that one client sends in turn; written before it begins.
const REQUESTS: usize = 4_096;

/// A plain keep-alive client: what it costs per request is the same for every path.
async fn http(port: u16, token: String, mut load: Load, path: fn(&mut Random) -> String) {
    let requests: Vec<String> = (0..REQUESTS)
        .map(|_| {
            let path = path(&mut load.random);
            format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\n\r\n")
        })
        .collect();
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    stream.set_nodelay(true).unwrap();
    let mut buffer = Vec::with_capacity(64 * 1024);
    load.begin().await;
    for request in requests.iter().cycle() {
        if !load.goes_on() {
            return;
        }
        stream.write_all(request.as_bytes()).await.unwrap();
        read_answer(&mut stream, &mut buffer).await;
        load.count();
    }
}

/// Reads one answer; what was searched for the end of its head is not searched again.
async fn read_answer(stream: &mut TcpStream, buffer: &mut Vec<u8>) {
    buffer.clear();
    let (mut searched, mut whole) = (0, None);
    while whole.is_none_or(|whole| buffer.len() < whole) {
        assert_ne!(
            stream.read_buf(buffer).await.unwrap(),
            0,
            "the server closed the connection"
        );
        if whole.is_none() {
            whole = end_of_answer(buffer, searched);
            searched = buffer.len().saturating_sub(3);
        }
    }
}

/// Length of an answer of which at least the head is here.
fn end_of_answer(buffer: &[u8], searched: usize) -> Option<usize> {
    let head = searched + find(&buffer[searched..], b"\r\n\r\n")?;
    let text = std::str::from_utf8(&buffer[..head]).unwrap();
    assert!(text.starts_with("HTTP/1.1 200"), "{text}");
    let (_, length) = text.split_once("content-length: ").unwrap();
    let digits = length.lines().next().unwrap();
    Some(head + 4 + digits.parse::<usize>().unwrap())
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len())
        .position(|window| window == wanted)
}

const REDIS_KEY: &str = "bench:geo";

async fn fill_redis() {
    let client = redis::Client::open(services().redis_url.as_str()).unwrap();
    let mut connection = client.get_multiplexed_async_connection().await.unwrap();
    let mut random = Random::new(7);
    for chunk in (0..RESOURCES).collect::<Vec<_>>().chunks(1_000) {
        let mut command = redis::cmd("GEOADD");
        command.arg(REDIS_KEY);
        for number in chunk {
            let (lon, lat) = place(&mut random);
            command.arg(lon).arg(lat).arg(format!("amb-{number}"));
        }
        let _: i64 = command.query_async(&mut connection).await.unwrap();
    }
}

async fn redis_client(mut load: Load) {
    let client = redis::Client::open(services().redis_url.as_str()).unwrap();
    // A query on a busy machine may take longer than the client's own patience.
    let patient = redis::AsyncConnectionConfig::new().set_response_timeout(None);
    let mut connection = client
        .get_multiplexed_async_connection_with_config(&patient)
        .await
        .unwrap();
    load.begin().await;
    while load.goes_on() {
        let (lon, lat) = place(&mut load.random);
        let mut command = redis::cmd("GEOSEARCH");
        command
            .arg(REDIS_KEY)
            .arg("FROMLONLAT")
            .arg(lon)
            .arg(lat)
            .arg("BYRADIUS")
            .arg(50)
            .arg("km");
        command.arg("ASC").arg("COUNT").arg(10).arg("WITHDIST");
        let found: redis::Value = command.query_async(&mut connection).await.unwrap();
        assert!(matches!(found, redis::Value::Array(_)));
        load.count();
    }
}

async fn tune_postgis(database: &Database) {
    database
        .connect()
        .await
        .batch_execute("VACUUM ANALYZE ambulance")
        .await
        .unwrap();
}

#[derive(diesel::QueryableByName)]
struct Found {
    #[diesel(sql_type = diesel::sql_types::Text)]
    id: String,
    #[diesel(sql_type = diesel::sql_types::Double)]
    distance_m: f64,
}

async fn postgis_client(url: String, mut load: Load) {
    let mut connection = AsyncPgConnection::establish(&url).await.unwrap();
    load.begin().await;
    while load.goes_on() {
        let (lon, lat) = place(&mut load.random);
        let query = diesel::sql_query(
            "SELECT id, ST_Distance(location, ST_SetSRID(ST_MakePoint($1, $2), 4326)::geography) AS distance_m \
             FROM ambulance ORDER BY location <-> ST_SetSRID(ST_MakePoint($1, $2), 4326)::geography LIMIT 10",
        )
        .bind::<diesel::sql_types::Double, _>(lon)
        .bind::<diesel::sql_types::Double, _>(lat);
        let found: Vec<Found> = diesel_async::RunQueryDsl::load(query, &mut connection)
            .await
            .unwrap();
        assert!(
            found
                .iter()
                .all(|one| !one.id.is_empty() && one.distance_m >= 0.0)
        );
        load.count();
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
