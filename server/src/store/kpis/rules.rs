//! What belongs to each figure, what counts and what is measured, in the words of the three sources. The statement
//! that adds up and the statement that lists are both made from here, so figures and drill-down cannot disagree.

/// Where cases come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Calls.
    Heard,
    /// Incidents.
    Opened,
    /// Assignments.
    Sent,
}

impl Source {
    const ALL: [Self; 3] = [Self::Heard, Self::Opened, Self::Sent];

    fn sql(self) -> &'static str {
        match self {
            Self::Heard => include_str!("heard.sql"),
            Self::Opened => include_str!("opened.sql"),
            Self::Sent => include_str!("sent.sql"),
        }
    }

    /// Incident, call, assignment and unit of a case.
    fn ids(self) -> &'static str {
        match self {
            Self::Heard => {
                "s.incident_id, s.id AS call_id, NULL::text AS assignment_id, NULL::text AS unit_id"
            }
            Self::Opened => {
                "s.id AS incident_id, NULL::text AS call_id, NULL::text AS assignment_id, NULL::text AS unit_id"
            }
            Self::Sent => "s.incident_id, NULL::text AS call_id, s.id AS assignment_id, s.unit_id",
        }
    }
}

/// One source of one figure.
#[derive(Debug)]
pub struct Rule {
    pub key: &'static str,
    pub source: Source,
    belongs: &'static str,
    counted: &'static str,
    value: &'static str,
    /// It is asked for by rank.
    ranked: bool,
}

macro_rules! rules {
    ($($key:literal $source:ident $belongs:literal, $counted:literal, $value:literal $($ranked:ident)?;)*) => {
        &[$(Rule {
            key: $key,
            source: Source::$source,
            belongs: $belongs,
            counted: $counted,
            value: $value,
            ranked: rules!(@$($ranked)?),
        },)*]
    };
    (@ranked) => { true };
    (@) => { false };
}

/// Every rule. `$6` is the time in which a call is answered, `$7` the time in which a vehicle departs, seconds.
pub const RULES: &[Rule] = rules! {
    "call.answer_10s" Heard "s.rang AND (s.ring_s IS NOT NULL OR s.abandoned OR s.age_s > $6)", "s.ring_s <= $6", "s.ring_s";
    "call.answer_mean" Heard "s.rang AND s.ring_s IS NOT NULL", "true", "s.ring_s";
    "call.abandoned" Heard "s.rang", "s.abandoned", "s.given_up_s";
    "call.taking_mean" Heard "s.emergency AND s.taking_s IS NOT NULL", "true", "s.taking_s";
    "call.refused" Heard "s.emergency AND s.acceptance IS NOT NULL", "s.acceptance = 'refused'", "NULL::numeric";
    // A wish for a vehicle that never became an incident.
    "request.no_vehicle" Heard "s.incident_id IS NULL AND s.acceptance = 'no_vehicle'", "true", "NULL::numeric";
    "request.satisfied" Heard "s.incident_id IS NULL AND s.acceptance = 'no_vehicle'", "false", "NULL::numeric";
    "dispatch.mean" Opened "s.emergency AND s.dispatch_s >= 0", "true", "s.dispatch_s";
    "response.mean" Opened "s.emergency AND s.response_s >= 0", "true", "s.response_s";
    "response.median" Opened "s.emergency AND s.response_s >= 0", "true", "s.response_s" ranked;
    "response.p90" Opened "s.emergency AND s.response_s >= 0", "true", "s.response_s" ranked;
    "incident.held" Opened "s.emergency", "s.held", "NULL::numeric";
    "request.no_vehicle" Opened "s.emergency", "s.no_vehicle", "NULL::numeric";
    "request.satisfied" Opened "s.emergency AND NOT s.void AND (s.sent OR s.status = 'closed')", "s.sent", "NULL::numeric";
    "service.emergency" Opened "true", "s.emergency", "NULL::numeric";
    "service.non_emergency" Opened "true", "NOT s.emergency", "NULL::numeric";
    "turnout_3min" Sent "NOT s.held AND (s.departed OR s.stood_s > $7)", "s.turnout_s <= $7", "s.turnout_s";
    "turnout_3min_order" Sent "NOT s.held AND (s.departed OR s.stood_from_order_s > $7)", "s.turnout_from_order_s <= $7", "s.turnout_from_order_s";
    "on_scene.mean" Sent "s.on_scene_s IS NOT NULL", "true", "s.on_scene_s";
    "transport.mean" Sent "s.transport_s IS NOT NULL", "true", "s.transport_s";
    "handover.mean" Sent "s.handover_s IS NOT NULL", "true", "s.handover_s";
    "record.written" Sent "s.contact", "s.recorded", "NULL::numeric";
    "critical.measures" Sent "s.critical", "s.measures > 0", "s.measures";
    "run.empty" Sent "s.ended", "s.result = 'empty_run'", "NULL::numeric";
    "run.refused" Sent "s.ended", "s.result = 'refused'", "NULL::numeric";
    "run.cancelled" Sent "s.ended", "s.status = 'cancelled' OR s.result = 'aborted'", "NULL::numeric";
};

/// The statement that adds up every figure.
#[must_use]
pub fn figures() -> String {
    let parts: Vec<_> = Source::ALL.into_iter().map(added_up).collect();
    format!(
        "SELECT key, sum(cases)::bigint AS cases, sum(counted)::bigint AS counted, \
            round(sum(counted) / nullif(sum(cases), 0), 6)::float8 AS ratio, round(sum(total), 3)::float8 AS total, \
            round(sum(total) / nullif(sum(cases), 0), 3)::float8 AS mean, \
            round(max(median), 3)::float8 AS median, round(max(p90), 3)::float8 AS p90 \
         FROM ({}) f GROUP BY key",
        parts.join(" UNION ALL ")
    )
}

/// One row of each figure of a source, read once.
fn added_up(source: Source) -> String {
    let (mut sums, mut rows) = (Vec::new(), Vec::new());
    for (n, rule) in RULES
        .iter()
        .filter(|rule| rule.source == source)
        .enumerate()
    {
        let Rule {
            key,
            belongs,
            counted,
            value,
            ranked,
            ..
        } = rule;
        sums.push(format!(
            "count(*) FILTER (WHERE {belongs}) AS n{n}, count(*) FILTER (WHERE ({belongs}) AND ({counted})) AS c{n}"
        ));
        let measured = *value != "NULL::numeric";
        if measured {
            sums.push(format!("sum({value}) FILTER (WHERE {belongs}) AS t{n}"));
        }
        for (name, share) in [("m", "0.5"), ("p", "0.9")].into_iter().filter(|_| *ranked) {
            sums.push(format!(
                "percentile_disc({share}) WITHIN GROUP (ORDER BY {value}) FILTER (WHERE {belongs}) AS {name}{n}"
            ));
        }
        let or_null = |there: bool, name: &str| match there {
            true => format!("{name}{n}"),
            false => "NULL::numeric".to_owned(),
        };
        rows.push(format!(
            "('{key}', n{n}, c{n}, {}, {}, {})",
            or_null(measured, "t"),
            or_null(*ranked, "m"),
            or_null(*ranked, "p")
        ));
    }
    format!(
        "SELECT k.* FROM (SELECT {} FROM ({}) s) a, LATERAL (VALUES {}) k (key, cases, counted, total, median, p90)",
        sums.join(", "),
        source.sql(),
        rows.join(", ")
    )
}

/// The statement that lists the cases of a figure: `$8` counted or not, `$9` and `$10` moment and id of the last case
/// read, `$11` how many. Call and vehicle of an incident are looked up for the page only.
#[must_use]
pub fn cases(key: &str) -> String {
    let parts: Vec<_> = RULES
        .iter()
        .filter(|rule| rule.key == key)
        .map(|rule| {
            format!(
                "SELECT s.world_id, s.id, s.number, s.at, {}, {} AS value, coalesce({}, false) AS counted FROM ({}) s WHERE {}",
                rule.source.ids(), rule.value, rule.counted, rule.source.sql(), rule.belongs
            )
        })
        .collect();
    let moment = match key.starts_with("response.") {
        true => "a.arrived_at",
        false => "a.assigned_at",
    };
    format!(
        "SELECT p.id, p.incident_id, p.number, coalesce(p.call_id, first_call.id) AS call_id, \
            coalesce(p.assignment_id, first_run.id) AS assignment_id, coalesce(p.unit_id, first_run.unit_id) AS unit_id, \
            p.at, round(p.value, 3)::float8 AS value, p.counted \
         FROM (SELECT * FROM ({}) c WHERE ($8 IS NULL OR counted = $8) \
            AND ($9 IS NULL OR at > $9 OR (at = $9 AND id COLLATE \"C\" > $10)) \
            ORDER BY at, id COLLATE \"C\" LIMIT $11) p \
         LEFT JOIN LATERAL (SELECT c.id FROM call c WHERE p.id = p.incident_id AND c.world_id = p.world_id \
            AND c.incident_id = p.incident_id ORDER BY c.call_taking_began_at, c.id COLLATE \"C\" LIMIT 1) first_call ON true \
         LEFT JOIN LATERAL (SELECT a.id, a.unit_id FROM assignment a WHERE p.id = p.incident_id \
            AND a.world_id = p.world_id AND a.incident_id = p.incident_id AND a.carries_patients \
            ORDER BY {moment}, a.id COLLATE \"C\" LIMIT 1) first_run ON true \
         ORDER BY p.at, p.id COLLATE \"C\"",
        parts.join(" UNION ALL ")
    )
}
