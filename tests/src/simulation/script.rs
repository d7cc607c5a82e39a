//! A case from its first ring to its closed incident, command by command.

use serde_json::{Value, json};

use super::{Clock, Fate, Plan, Stage};
use crate::kpi_fold::moment;

/// Plays a case.
pub async fn play(stage: &Stage, plan: &Plan) {
    let Some(call) = ring(stage, plan).await else {
        return;
    };
    let incident = match plan.fate {
        Fate::Consultation | Fate::TurnedAway => {
            let acceptance = match plan.fate {
                Fate::TurnedAway => "no_vehicle",
                _ => "refused",
            };
            return end_call(stage, &call, Some(acceptance)).await;
        }
        Fate::Repeated => match stage.some_incident() {
            Some(known) => {
                let link = json!({"type": "link_call", "call_id": call, "incident_id": known});
                stage.try_give(&link).await;
                return end_call(stage, &call, None).await;
            }
            None => open(stage, plan, Some(&call)).await,
        },
        _ => open(stage, plan, Some(&call)).await,
    };
    dispatch(stage, plan, &call, &incident).await;
}

/// T0 to T2; none if nobody came to take the call.
async fn ring(stage: &Stage, plan: &Plan) -> Option<String> {
    let call = format!("call-{:05}", plan.number);
    let manual = plan.fate == Fate::Consultation && plan.number.is_multiple_of(3);
    let mut ring = json!({"type": "receive_call", "call_id": call, "line": if manual { "manual" } else { "120" },
        "caller_number": "13900000000"});
    // Some lines do not know where they ring.
    if !plan.number.is_multiple_of(17) {
        ring["jurisdiction"] = plan.spot.jurisdiction.clone().into();
    }
    let (rings_at, sent_at) = when_it_rings(stage, plan).await;
    stage.give_at(rings_at, ring).await;
    if plan.fate == Fate::Unanswered {
        return None;
    }
    let step = |word: &str| json!({"type": word, "call_id": call});
    if plan.fate == Fate::Abandoned {
        stage.give(&step("abandon_call")).await;
        return None;
    }
    let answered = stage.give(&step("answer_call")).await;
    let answered = answered["changes"][0]["entity"]["answered_at"].as_str();
    let answered_at = moment(answered.expect("T1"));
    stage.answered(answered_at - sent_at);
    stage.clock.until(answered_at + plan.greet).await;
    stage.give(&step("begin_call_taking")).await;
    stage.clock.until(answered_at + plan.greet + plan.ask).await;
    Some(call)
}

/// T0, and the moment at which it is told. The answer follows at once and its moment is the server's: on a stepped
/// clock it is known, on a fast one the two requests take seconds of world time, by which the ring is told later.
async fn when_it_rings(stage: &Stage, plan: &Plan) -> (i64, i64) {
    if matches!(stage.clock, Clock::Stepped(_)) {
        stage.clock.until(plan.rings_at + plan.ring).await;
        return (plan.rings_at, stage.clock.now());
    }
    let now = stage.clock.now();
    (now - (plan.ring - stage.answer_lag()).max(0), now)
}

async fn end_call(stage: &Stage, call: &str, acceptance: Option<&str>) {
    let mut end = json!({"type": "end_call_taking", "call_id": call});
    if let Some(acceptance) = acceptance {
        end["acceptance"] = acceptance.into();
    }
    stage.give(&end).await;
}

async fn open(stage: &Stage, plan: &Plan, call: Option<&str>) -> String {
    let suffix = if call.is_some() { "" } else { "-b" };
    let id = format!("inc-{:05}{suffix}", plan.number);
    let kind = match (plan.emergency, plan.infectious) {
        (false, _) => "transfer",
        (true, true) => "infectious_disease",
        (true, false) => "medical",
    };
    let mut command = json!({"type": "open_incident", "incident_id": id, "incident_type": kind, "priority": plan.priority,
        "lon": plan.spot.lon, "lat": plan.spot.lat, "jurisdiction": plan.spot.jurisdiction,
        "infectious": plan.infectious, "patients": 1, "description": "演练"});
    if let Some(call) = call {
        command["call_id"] = call.into();
    }
    stage.give(&command).await;
    stage.opened(&id);
    id
}

async fn dispatch(stage: &Stage, plan: &Plan, call: &str, incident: &str) {
    let now = stage.clock.now();
    stage.clock.until(now + plan.choose).await;
    match plan.fate {
        Fate::NoVehicle | Fate::FalseAlarm => {
            let (acceptance, outcome) = match plan.fate {
                Fate::NoVehicle => (Some("no_vehicle"), "no_vehicle"),
                _ => (Some("refused"), "false_alarm"),
            };
            end_call(stage, call, acceptance).await;
            return close(stage, incident, outcome).await;
        }
        Fate::Merged => {
            let again = open(stage, plan, None).await;
            let merge = json!({"type": "merge_incidents", "incident_id": incident, "into_incident_id": again, "reason": "重复"});
            stage.give(&merge).await;
            end_call(stage, call, None).await;
            return run_and_close(stage, plan, &again).await;
        }
        Fate::Held => {
            let hold =
                json!({"type": "hold_incident", "incident_id": incident, "reason": "无合适车辆"});
            stage.give(&hold).await;
            end_call(stage, call, Some("held")).await;
            stage.clock.until(now + plan.choose + plan.drive).await;
            return run_and_close(stage, plan, incident).await;
        }
        _ => {}
    }
    let Some(first) = assign(stage, incident).await else {
        end_call(stage, call, Some("no_vehicle")).await;
        return close(stage, incident, "no_vehicle").await;
    };
    stage.clock.until(stage.clock.now() + plan.talk).await;
    end_call(stage, call, None).await;
    if plan.fate == Fate::Reinforced {
        let needs = json!([{"kind": "ambulance", "count": 1}]);
        let more = json!({"type": "reinforce_incident", "incident_id": incident, "needs": needs, "reason": "伤员多"});
        stage.give(&more).await;
        if let Some(second) = assign(stage, incident).await {
            run(stage, plan, &second).await;
        }
    }
    if plan.fate == Fate::Open {
        report(stage, plan, &first, &TO_SCENE[..2]).await;
        return;
    }
    run(stage, plan, &first).await;
    close(stage, incident, "completed").await;
}

async fn run_and_close(stage: &Stage, plan: &Plan, incident: &str) {
    match assign(stage, incident).await {
        Some(sent) => {
            run(stage, plan, &sent).await;
            close(stage, incident, "completed").await;
        }
        None => close(stage, incident, "no_vehicle").await,
    }
}

async fn close(stage: &Stage, incident: &str, outcome: &str) {
    let close = json!({"type": "close_incident", "incident_id": incident, "outcome": outcome});
    stage.give(&close).await;
}

/// Sends the first recommended unit that nobody else was quicker to take.
async fn assign(stage: &Stage, incident: &str) -> Option<Value> {
    for _ in 0..3 {
        let path = format!(
            "/api/v1/worlds/{}/incidents/{incident}/recommendations?limit=5",
            stage.world
        );
        let shown = stage.client.get(&path).await.ok();
        let candidates = shown["candidates"].as_array().expect("candidates").clone();
        if candidates.is_empty() {
            return None;
        }
        for candidate in &candidates {
            let units = [&candidate["unit_id"]];
            let order = json!({"type": "assign_units", "incident_id": incident, "unit_ids": units});
            if let Some(reply) = stage.try_give(&order).await {
                let changes = reply["changes"].as_array().expect("changes").clone();
                let sent = changes.iter().find(|change| change["kind"] == "assignment");
                return sent.map(|change| change["entity"].clone());
            }
        }
    }
    None
}

/// Reports stages in order, each at its planned moment; returns the moment of the last one.
async fn report(stage: &Stage, plan: &Plan, sent: &Value, stages: &[&str]) -> i64 {
    let mut at = moment(sent["assigned_at"].as_str().expect("T4"));
    for word in stages {
        let Some(after) = duration(plan, word) else {
            continue;
        };
        at += after;
        let id = &sent["id"];
        let mut report = json!({"type": "report_stage", "assignment_id": id, "stage": word});
        if *word == "patient_aboard" {
            report["destination_id"] = plan.destination.clone().into();
        }
        stage.give_at(at, report).await;
    }
    at
}

/// How long after the stage before it a stage comes; none if its button is not pressed.
fn duration(plan: &Plan, stage: &str) -> Option<i64> {
    let aboard = plan.on_scene * plan.treat_tenths / 10;
    match stage {
        "acknowledged" => plan.receive,
        "departed" => Some(plan.turnout),
        "arrived" => Some(plan.drive),
        "patient_aboard" => Some(aboard),
        "left_scene" => plan.leaves.then_some(plan.on_scene - aboard),
        "at_hospital" => Some(plan.transport),
        "handed_over" => Some(plan.handover),
        other => panic!("no stage {other}"),
    }
}

const TO_SCENE: [&str; 3] = ["acknowledged", "departed", "arrived"];
const TO_HOSPITAL: [&str; 4] = ["patient_aboard", "left_scene", "at_hospital", "handed_over"];

/// A run from the order to the freed unit.
async fn run(stage: &Stage, plan: &Plan, sent: &Value) {
    let id = &sent["id"];
    let called_off = |word: &str| json!({"type": word, "assignment_id": id, "reason": "演练"});
    let closed = |result: &str| json!({"type": "report_stage", "assignment_id": id, "stage": "closed", "result": result});
    match plan.fate {
        Fate::NeverLeft => {
            let at = report(stage, plan, sent, &TO_SCENE[..1]).await;
            stage.clock.until(at + plan.turnout).await;
            stage.give(&called_off("cancel_assignment")).await;
        }
        Fate::Cancelled | Fate::BrokenDown => {
            let at = report(stage, plan, sent, &TO_SCENE[..2]).await;
            stage.clock.until(at + plan.drive / 2).await;
            let word = match plan.fate {
                Fate::Cancelled => "cancel_assignment",
                _ => "report_breakdown",
            };
            stage.give(&called_off(word)).await;
        }
        Fate::EmptyRun | Fate::PatientRefused | Fate::TreatedOnScene | Fate::DiedOnScene => {
            let at = report(stage, plan, sent, &TO_SCENE).await;
            stage.clock.until(at + plan.on_scene).await;
            let result = match plan.fate {
                Fate::EmptyRun => "empty_run",
                Fate::PatientRefused => "refused",
                Fate::DiedOnScene => "died_on_scene",
                _ => "treated_on_scene",
            };
            if plan.recorded && result != "empty_run" {
                write_record(stage, plan, id).await;
            }
            stage.give(&closed(result)).await;
        }
        _ => {
            let stages = [&TO_SCENE[..], &TO_HOSPITAL[..]].concat();
            report(stage, plan, sent, &stages).await;
            if plan.recorded {
                write_record(stage, plan, id).await;
            }
            stage.give(&closed("completed")).await;
        }
    }
    release(stage, plan, &sent["unit_id"]).await;
}

async fn write_record(stage: &Stage, plan: &Plan, assignment: &Value) {
    let measures = &["ecg", "oxygen", "iv", "airway", "cpr"][..plan.measures];
    let record = json!({"type": "write_care_record", "assignment_id": assignment, "severity": plan.severity,
        "measures": measures, "patient_outcome": "transported", "patient_name": "某"});
    stage.give(&record).await;
}

/// Once washed or mended, the unit can be sent again.
async fn release(stage: &Stage, plan: &Plan, unit: &Value) {
    let unit_id = unit.as_str().expect("a unit");
    let path = format!("/api/v1/worlds/{}/resources/{unit_id}", stage.world);
    let status = stage.client.get(&path).await.ok()["properties"]["status"].clone();
    if status == "available" {
        return;
    }
    stage.clock.until(stage.clock.now() + plan.drive).await;
    let back = json!({"type": "set_unit_status", "unit_id": unit_id, "status": "available", "reason": "洗消完成"});
    stage.try_give(&back).await;
}
