//! The catalogue of figures: what each is called, what it counts, how it is measured and which norm it is held
//! against (SZ-26 to SZ-30, JZ-15).

use serde::Serialize;
use utoipa::ToSchema;

/// Seconds within which a call is answered (SZ-27, national).
pub const ANSWER_WITHIN_S: i32 = 10;
/// Seconds within which a vehicle departs (SZ-28).
pub const TURNOUT_WITHIN_S: i32 = 180;

/// What a value is given in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// 0 to 1.
    Ratio,
    /// Seconds.
    S,
    Count,
}

/// The moment by which a case belongs to a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// T0 of the call.
    ReceivedAt,
    /// Opening of the incident.
    OpenedAt,
    /// T4 of the assignment.
    AssignedAt,
    /// Opening of the incident; T0 of a call that never became one.
    OpenedOrReceivedAt,
}

/// How a value comes from the cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Counted cases / cases.
    Ratio,
    /// Counted cases.
    Count,
    /// Mean of the cases' values.
    Mean,
    /// Their median, nearest rank.
    Median,
    /// Their 90th percentile, nearest rank.
    P90,
}

/// A figure of the catalogue.
#[derive(Debug)]
pub struct Entry {
    pub key: &'static str,
    pub name: &'static str,
    pub name_en: &'static str,
    pub measure: Measure,
    pub basis: Basis,
    pub definition: &'static str,
    pub definition_en: &'static str,
    /// With two readings of one norm: the `base` of the reading that this figure is.
    pub norm_base: Option<&'static str>,
}

impl Entry {
    /// What its value is given in.
    #[must_use]
    pub fn unit(&self) -> Unit {
        match self.measure {
            Measure::Ratio => Unit::Ratio,
            Measure::Count => Unit::Count,
            Measure::Mean | Measure::Median | Measure::P90 => Unit::S,
        }
    }

    /// The key of the norms that it is held against.
    #[must_use]
    pub fn norm_key(&self) -> &'static str {
        match self.key {
            "turnout_3min_order" => "turnout_3min",
            key => key,
        }
    }
}

/// The figure with this key.
#[must_use]
pub fn find(key: &str) -> Option<&'static Entry> {
    ENTRIES.iter().find(|entry| entry.key == key)
}

macro_rules! entries {
    ($($key:literal $measure:ident $basis:ident $name:literal $name_en:literal $zh:literal $en:literal
        $(base $base:literal)?;)*) => {
        &[$(Entry {
            key: $key,
            name: $name,
            name_en: $name_en,
            measure: Measure::$measure,
            basis: Basis::$basis,
            definition: $zh,
            definition_en: $en,
            norm_base: entries!(@base $($base)?),
        },)*]
    };
    (@base $base:literal) => { Some($base) };
    (@base) => { None };
}

/// Every figure, in the order in which it is shown.
pub const ENTRIES: &[Entry] = entries! {
    "call.answer_10s" Ratio ReceivedAt "10秒接听率" "answered within 10 s"
        "振铃到摘机（T1−T0）不超过10秒的呼叫数 ÷ 呼入数。呼入数含放弃的呼叫和振铃已超过10秒仍未接的呼叫，不含人工补录；接听时尚不知是否急救，故含非急救呼叫（SZ-27）。"
        "calls answered (T1-T0) within 10 s / calls offered. Offered: abandoned calls and calls ringing for more than 10 s included, calls entered by hand left out; whether a call is an emergency is not known yet, so all count (SZ-27).";
    "call.answer_mean" Mean ReceivedAt "平均摘机时长" "mean answer time"
        "已接听呼叫的 T1−T0 平均值，不含人工补录。"
        "mean of T1-T0 of answered calls; calls entered by hand left out.";
    "call.abandoned" Ratio ReceivedAt "呼叫放弃率" "abandoned calls"
        "接听前主叫已挂断的呼叫数 ÷ 全部呼入数（不含人工补录）。"
        "calls given up before anybody answered / all calls that rang (calls entered by hand left out).";
    "call.taking_mean" Mean ReceivedAt "平均受理时长" "mean call-taking time"
        "T3−T2 平均值；属于非急救事件的呼叫除外（JZ-15）。"
        "mean of T3-T2; calls of non-emergency incidents left out (JZ-15).";
    "dispatch.mean" Mean OpenedAt "平均派车时长" "mean dispatch time"
        "每个急救事件首辆载人车辆的派车时刻 T4 − 最早的开始受理时刻 T2 的平均值；没有来电或来电晚于派车的事件不计。"
        "mean over emergency incidents of T4 of the first patient vehicle - earliest T2 of its calls; incidents without a call, or whose call came after the order, are left out.";
    "turnout_3min" Ratio AssignedAt "3分钟出车率" "turnout within 3 min"
        "自接收命令起（T6−T5）不超过180秒出车的任务数 ÷ 任务数。仅载人车辆的急救任务；挂起受理和非急救除外；未报接收命令即出车的从派车 T4 起算；接令后超过180秒仍未出车的算未达标，180秒内撤销的不计（SZ-28）。"
        "runs departed within 180 s of receipt (T6-T5) / runs. Emergency runs of patient vehicles; held acceptances and non-emergency left out; without a receipt counted from the order T4; not departed 180 s after the receipt counts as late, withdrawn before that does not count (SZ-28)."
        base "tasks:order_received";
    "turnout_3min_order" Ratio AssignedAt "3分钟出车率（自派车起）" "turnout within 3 min of the order"
        "同一指标的另一口径：自派车 T4 起（T6−T4）不超过180秒出车的任务数 ÷ 任务数，其余同上（SZ-28）。"
        "the other reading of the same norm: departed within 180 s of the order (T6-T4) / runs; the rest as above (SZ-28)."
        base "tasks:order_sent";
    "response.mean" Mean OpenedAt "急救反应时间（平均）" "response time, mean"
        "每个急救事件首辆载人车辆到达现场 T7 − 最早的开始受理 T2 的平均值；没有来电的事件不计。"
        "mean over emergency incidents of the first arrival T7 of a patient vehicle - earliest T2 of its calls; incidents without a call are left out.";
    "response.median" Median OpenedAt "急救反应时间（中位数）" "response time, median"
        "同上，中位数（最近秩法，偶数取较小者）。"
        "the same, median (nearest rank: the lower of two).";
    "response.p90" P90 OpenedAt "急救反应时间（第90百分位）" "response time, 90th percentile"
        "同上，第90百分位（最近秩法）。"
        "the same, 90th percentile (nearest rank).";
    "on_scene.mean" Mean AssignedAt "平均现场时间" "mean time on scene"
        "急救任务 T9−T7 平均值。" "mean of T9-T7 of emergency runs.";
    "transport.mean" Mean AssignedAt "平均转运时间" "mean transport time"
        "急救任务 T10−T9 平均值。" "mean of T10-T9 of emergency runs.";
    "handover.mean" Mean AssignedAt "平均交接时间" "mean handover time"
        "急救任务 T11−T10 平均值。" "mean of T11-T10 of emergency runs.";
    "record.written" Ratio AssignedAt "院前病历书写率" "records written"
        "已写病历的任务数 ÷ 已完成且接触患者的急救任务数。接触患者：病人上过车，或到达现场且结果不是放空、拒绝、中止（SZ-29）。"
        "runs with a care record / closed emergency runs with patient contact: a patient was aboard, or the unit arrived and the result is not empty_run, refused or aborted (SZ-29).";
    "critical.measures" Ratio AssignedAt "危急重症抢救实施率" "critical patients treated"
        "病历中至少有一项监护或抢救措施的危急患者数 ÷ 病历分级为“危”的患者数（SZ-30）。"
        "critical patients with at least one monitoring or rescue measure on record / patients recorded as critical (SZ-30).";
    "run.empty" Ratio AssignedAt "空车（放空）率" "empty runs"
        "结果为放空车的任务数 ÷ 已结束的急救任务数（完成、撤销、改派）。"
        "runs with the result empty_run / ended emergency runs (closed, cancelled, diverted).";
    "run.refused" Ratio AssignedAt "任务拒绝率" "runs refused"
        "结果为拒绝的任务数 ÷ 已结束的急救任务数。" "runs with the result refused / ended emergency runs.";
    "run.cancelled" Ratio AssignedAt "任务中止率" "runs cancelled or aborted"
        "撤销或中止的任务数 ÷ 已结束的急救任务数；改派不算中止。"
        "cancelled or aborted runs / ended emergency runs; a diverted run is neither.";
    "incident.held" Ratio OpenedAt "挂起率" "held incidents"
        "曾挂起受理的急救事件数 ÷ 急救事件数（已合并的不计）。"
        "emergency incidents with a held acceptance / emergency incidents (merged ones left out).";
    "request.no_vehicle" Count OpenedOrReceivedAt "欲派无车次数" "no vehicle to send"
        "受理类型或结局为欲派无车的呼救数；分母为急救事件和未成事件的欲派无车呼叫。"
        "requests with the acceptance or outcome no_vehicle; the denominator is all emergency incidents and calls without an incident that met no vehicle.";
    "request.satisfied" Ratio OpenedOrReceivedAt "呼叫满足率" "requests served"
        "派出过力量的呼救数 ÷ 有效呼救数。有效呼救：已派车或已结的急救事件（误报、转分中心除外），以及未成事件的欲派无车呼叫。"
        "requests to which a unit was sent / valid requests: emergency incidents with an order or closed (false alarms and transferred ones left out), and calls without an incident that met no vehicle.";
    "call.refused" Ratio ReceivedAt "拒绝出车率" "calls refused"
        "受理类型为拒绝出车的呼叫数 ÷ 受理结束的呼叫数；属于非急救事件的除外。未成事件的咨询等呼叫也记为拒绝出车。"
        "calls with the acceptance refused / calls whose call-taking has ended; calls of non-emergency incidents left out. Consultations that became no incident are recorded as refused.";
    "service.emergency" Count OpenedAt "急救事件数" "emergency incidents"
        "急救事件数；分母为全部事件（已合并的不计）。"
        "emergency incidents; the denominator is all incidents (merged ones left out).";
    "service.non_emergency" Count OpenedAt "非急救转运事件数" "non-emergency transports"
        "非急救转运事件数，单独统计，不计入其他急救指标（JZ-15）；分母为全部事件。"
        "non-emergency incidents, apart: they enter no clinical figure (JZ-15); the denominator is all incidents.";
};

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::store::kpis::rules::RULES;

    #[test]
    fn keys_are_unique_and_found() {
        let keys: BTreeSet<_> = ENTRIES.iter().map(|entry| entry.key).collect();
        assert_eq!(keys.len(), ENTRIES.len());
        assert!(keys.iter().all(|key| find(key).is_some()));
        assert!(find("none").is_none());
    }

    #[test]
    fn every_figure_has_rules_and_every_rule_a_figure() {
        let keys: BTreeSet<_> = ENTRIES.iter().map(|entry| entry.key).collect();
        let ruled: BTreeSet<_> = RULES.iter().map(|rule| rule.key).collect();
        assert_eq!(keys, ruled);
    }
}
