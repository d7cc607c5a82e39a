//! Metrics for Prometheus, read from the running parts when somebody asks.

use actix_web::{HttpResponse, web};
use prometheus::{IntGaugeVec, Opts, Registry, TextEncoder};

use super::error::{ApiError, Code};
use crate::app::App;

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config.route("/metrics", web::get().to(metrics));
}

/// A family of figures.
struct Family {
    gauge: IntGaugeVec,
}

impl Family {
    fn new(
        registry: &Registry,
        name: &str,
        help: &str,
        labels: &[&str],
    ) -> Result<Self, prometheus::Error> {
        let gauge = IntGaugeVec::new(Opts::new(name, help), labels)?;
        registry.register(Box::new(gauge.clone()))?;
        Ok(Self { gauge })
    }

    fn set(&self, labels: &[&str], value: impl TryInto<i64>) {
        self.gauge
            .with_label_values(labels)
            .set(value.try_into().unwrap_or(i64::MAX));
    }
}

/// Everything, in the text form of Prometheus.
async fn metrics(app: web::Data<App>) -> Result<HttpResponse, ApiError> {
    let text = render(&app).map_err(|error| ApiError::new(Code::Internal, error.to_string()))?;
    Ok(HttpResponse::Ok()
        .content_type("text/plain; version=0.0.4; charset=utf-8")
        .body(text))
}

fn render(app: &App) -> Result<String, prometheus::Error> {
    let registry = Registry::new();
    let family =
        |name: &str, help: &str, labels: &[&str]| Family::new(&registry, name, help, labels);
    let seq = family(
        "chiyuan_world_seq",
        "Number of the last command in the picture.",
        &["world"],
    )?;
    let entities = family(
        "chiyuan_world_entities",
        "Entities in the picture.",
        &["world"],
    )?;
    let placed = family(
        "chiyuan_world_placed",
        "Entities in the spatial index.",
        &["world"],
    )?;
    let fixes = family(
        "chiyuan_world_fixes",
        "Units with a latest fix.",
        &["world"],
    )?;
    let commands = family(
        "chiyuan_commands",
        "Commands by outcome since the start.",
        &["world", "outcome"],
    )?;
    let database = family(
        "chiyuan_database_age_seconds",
        "Seconds since the database last answered.",
        &["world"],
    )?;
    let ready = family("chiyuan_ready", "Whether requests are served.", &[])?;
    ready.set(&[], i64::from(app.is_ready()));
    let accounts = family(
        "chiyuan_account_events",
        "Log-ins, denials and limits since the start.",
        &["event"],
    )?;
    for (event, count) in app.accounts.counts().all() {
        accounts.set(&[event], count);
    }
    let positions = family(
        "chiyuan_fixes",
        "Fixes by outcome since the start.",
        &["outcome"],
    )?;
    let counts = app.gateway.counts();
    for (outcome, count) in counts.totals().into_iter().chain(counts.by_code()) {
        positions.set(&[outcome], count);
    }
    let feed = family(
        "chiyuan_feed",
        "Feed connections and messages since the start.",
        &["event"],
    )?;
    let counters = &app.feed.counters;
    for (event, counter) in [
        ("opened", &counters.opened),
        ("refused", &counters.refused),
        ("messages_sent", &counters.messages_sent),
        ("bytes_sent", &counters.bytes_sent),
        ("slow_cuts", &counters.slow_cuts),
        ("silent_cuts", &counters.silent_cuts),
        ("misbehaved", &counters.misbehaved),
    ] {
        feed.set(&[event], counter.load(std::sync::atomic::Ordering::Relaxed));
    }
    for world in app.worlds() {
        let id = world.id().as_str();
        database.set(&[id], world.database_state().1);
        for (outcome, count) in world.executor().outcomes().all() {
            commands.set(&[id, outcome], count);
        }
        let picture = world.picture();
        seq.set(&[id], picture.world().seq());
        entities.set(&[id], picture.world().len());
        placed.set(&[id], picture.placed());
        fixes.set(&[id], picture.fixes().len());
    }
    TextEncoder::new().encode_to_string(&registry.gather())
}
