//! Which case belongs to which figure, and whether it counts; after the words of the catalogue.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Asked, Record, moment};

/// A case of a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    pub id: String,
    /// Epoch milliseconds.
    pub at: i64,
    /// Milliseconds; thousandths where things are counted.
    pub value: Option<i64>,
    pub counted: bool,
}

impl Case {
    /// `[id, at, value, counted]`, the value in seconds.
    #[must_use]
    pub fn json(&self) -> Value {
        let value = self.value.map(|value| value as f64 / 1_000.0);
        serde_json::json!([self.id, self.at, value, self.counted])
    }
}

type Cases = BTreeMap<&'static str, Vec<Case>>;

/// Collects the cases of one thing.
struct Collector<'c> {
    cases: &'c mut Cases,
    id: &'c str,
    at: i64,
}

impl Collector<'_> {
    fn add(&mut self, key: &'static str, counted: bool, value: Option<i64>) {
        self.cases.entry(key).or_default().push(Case {
            id: self.id.to_owned(),
            at: self.at,
            value,
            counted,
        });
    }

    /// A case that is measured, if it can be.
    fn measure(&mut self, key: &'static str, value: Option<i64>) {
        if value.is_some() {
            self.add(key, true, value);
        }
    }
}

fn time(entity: &Value, field: &str) -> Option<i64> {
    entity[field].as_str().map(moment)
}

fn between(entity: &Value, from: &str, to: &str) -> Option<i64> {
    Some(time(entity, to)? - time(entity, from)?)
}

/// Codes of the place that is asked for, and of its counties.
fn inside(record: &Record, asked: Asked<'_>) -> Option<BTreeSet<String>> {
    let place = asked.place?;
    let mut codes = BTreeSet::from([place.to_owned()]);
    for (_, county) in record.all("jurisdiction") {
        if county["parent"] == place {
            codes.insert(county["code"].as_str().expect("a code").to_owned());
        }
    }
    Some(codes)
}

/// What calls say of the incident that they are about.
#[derive(Debug, Default, Clone)]
struct Told {
    began: Option<i64>,
    acceptances: BTreeSet<String>,
}

pub(super) fn all(record: &Record, asked: Asked<'_>) -> Cases {
    let inside = inside(record, asked);
    let here = |code: &Value| match &inside {
        None => true,
        Some(codes) => code.as_str().is_some_and(|code| codes.contains(code)),
    };
    let within = |at: i64| asked.from <= at && at < asked.to;
    let mut told: BTreeMap<&str, Told> = BTreeMap::new();
    for (_, call) in record.all("call") {
        if let Some(incident) = call["incident_id"].as_str() {
            let told = told.entry(incident).or_default();
            let began = time(call, "call_taking_began_at");
            told.began = [told.began, began].into_iter().flatten().min();
            told.acceptances
                .extend(call["acceptance"].as_str().map(str::to_owned));
        }
    }
    let incidents: BTreeMap<&str, &Value> = record
        .all("incident")
        .map(|(id, i)| (id.as_str(), i))
        .collect();
    let mut cases = Cases::new();
    for (id, call) in record.all("call") {
        let incident = call["incident_id"].as_str().map(|id| incidents[id]);
        let place = incident.map_or(&call["jurisdiction"], |i| &i["jurisdiction"]);
        let at = time(call, "received_at").expect("T0");
        if here(place) && within(at) {
            let cases = &mut cases;
            of_call(Collector { cases, id, at }, call, incident, asked);
        }
    }
    for (id, incident) in &incidents {
        let at = time(incident, "opened_at").expect("an opening");
        if here(&incident["jurisdiction"]) && within(at) && incident["merged_into"].is_null() {
            let told = told.get(id).cloned().unwrap_or_default();
            let cases = &mut cases;
            of_incident(record, Collector { cases, id, at }, incident, &told);
        }
    }
    for (id, run) in record.all("assignment") {
        let incident_id = run["incident_id"].as_str().expect("an incident");
        let incident = incidents[incident_id];
        let at = time(run, "assigned_at").expect("T4");
        let emergency = incident["service"] == "emergency" && run["carries_patients"] == true;
        if here(&run["jurisdiction"]) && within(at) && emergency {
            let told = told.get(incident_id).cloned().unwrap_or_default();
            let cases = &mut cases;
            let held = is_held(incident, &told);
            of_run(record, Collector { cases, id, at }, run, held, asked);
        }
    }
    cases
}

fn of_call(mut to: Collector<'_>, call: &Value, incident: Option<&Value>, asked: Asked<'_>) {
    let rung = between(call, "received_at", "answered_at");
    let abandoned = call["status"] == "abandoned";
    if call["line"] != "manual" {
        let late = rung.is_none() && asked.now - to.at > 10_000;
        if rung.is_some() || abandoned || late {
            to.add("call.answer_10s", rung.is_some_and(|ms| ms <= 10_000), rung);
        }
        to.measure("call.answer_mean", rung);
        let given_up = between(call, "received_at", "abandoned_at");
        to.add("call.abandoned", abandoned, given_up);
    }
    if incident.is_none_or(|incident| incident["service"] == "emergency") {
        let taken = between(call, "call_taking_began_at", "call_taking_ended_at");
        to.measure("call.taking_mean", taken);
        if let Some(acceptance) = call["acceptance"].as_str() {
            to.add("call.refused", acceptance == "refused", None);
        }
    }
    if incident.is_none() && call["acceptance"] == "no_vehicle" {
        to.add("request.no_vehicle", true, None);
        to.add("request.satisfied", false, None);
    }
}

fn is_held(incident: &Value, told: &Told) -> bool {
    incident["acceptance"] == "held"
        || incident["status"] == "held"
        || incident["held_s"].is_u64()
        || told.acceptances.contains("held")
}

fn of_incident(record: &Record, mut to: Collector<'_>, incident: &Value, told: &Told) {
    let emergency = incident["service"] == "emergency";
    to.add("service.emergency", emergency, None);
    to.add("service.non_emergency", !emergency, None);
    if !emergency {
        return;
    }
    let runs: Vec<&Value> = record
        .all("assignment")
        .map(|(_, run)| run)
        .filter(|run| run["incident_id"] == to.id)
        .collect();
    let vehicles = || runs.iter().filter(|run| run["carries_patients"] == true);
    let since_told = |at: Option<i64>| {
        let passed = at? - told.began?;
        (passed >= 0).then_some(passed)
    };
    let first_order = vehicles().filter_map(|run| time(run, "assigned_at")).min();
    to.measure("dispatch.mean", since_told(first_order));
    let first_there = vehicles().filter_map(|run| time(run, "arrived_at")).min();
    for key in ["response.mean", "response.median", "response.p90"] {
        to.measure(key, since_told(first_there));
    }
    to.add("incident.held", is_held(incident, told), None);
    let outcome = incident["outcome"].as_str().unwrap_or_default();
    let no_vehicle = outcome == "no_vehicle" || told.acceptances.contains("no_vehicle");
    to.add("request.no_vehicle", no_vehicle, None);
    let sent = !runs.is_empty();
    let settled = sent || incident["status"] == "closed";
    if settled && outcome != "false_alarm" && outcome != "transferred" {
        to.add("request.satisfied", sent, None);
    }
}

fn of_run(record: &Record, mut to: Collector<'_>, run: &Value, held: bool, asked: Asked<'_>) {
    let (ordered, received) = (to.at, time(run, "acknowledged_at"));
    let (departed, ended) = (time(run, "departed_at"), time(run, "ended_at"));
    if !held {
        let readings = [
            ("turnout_3min", received.or(departed.map(|_| ordered))),
            ("turnout_3min_order", Some(ordered)),
        ];
        for (key, since) in readings {
            let Some(since) = since else { continue };
            let stood = ended.unwrap_or(asked.now) - since;
            let took = departed.map(|departed| departed - since);
            if took.is_some() || stood > 180_000 {
                to.add(key, took.is_some_and(|ms| ms <= 180_000), took);
            }
        }
    }
    to.measure("on_scene.mean", between(run, "arrived_at", "left_scene_at"));
    to.measure(
        "transport.mean",
        between(run, "left_scene_at", "at_hospital_at"),
    );
    to.measure(
        "handover.mean",
        between(run, "at_hospital_at", "handed_over_at"),
    );
    let written = record
        .all("care_record")
        .map(|(_, written)| written)
        .find(|written| written["assignment_id"] == to.id);
    let result = run["result"].as_str().unwrap_or_default();
    let without = ["empty_run", "refused", "aborted"].contains(&result);
    let met = run["patient_aboard_at"].is_string() || (run["arrived_at"].is_string() && !without);
    if run["status"] == "closed" && met {
        to.add("record.written", written.is_some(), None);
    }
    if let Some(written) = written.filter(|written| written["severity"] == "critical") {
        let measures = written["measures"].as_array().map_or(0, Vec::len);
        to.add(
            "critical.measures",
            measures > 0,
            Some(1_000 * measures as i64),
        );
    }
    if ended.is_some() {
        to.add("run.empty", result == "empty_run", None);
        to.add("run.refused", result == "refused", None);
        let called_off = run["status"] == "cancelled" || result == "aborted";
        to.add("run.cancelled", called_off, None);
    }
}
