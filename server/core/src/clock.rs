//! The clock of a drill: starts anywhere, pauses, runs faster. Live has none; its time is real time.

use chrono::Datelike;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Change, Entity, Header, Rejection, RejectionCode, Timestamp, World, decide::Context};

/// Fastest drill clock, world seconds per real second.
pub const MAX_SPEED: f64 = 600.0;
/// Last year of a drill; RFC 3339 has no later one.
pub const MAX_YEAR: i32 = 9_999;

/// 演练时钟: world time is `world_at` at real time `real_at` and runs on from there with `speed` while `running`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Clock {
    #[serde(flatten)]
    pub header: Header,
    #[schema(value_type = String, format = DateTime)]
    pub world_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    pub real_at: Timestamp,
    pub running: bool,
    pub speed: f64,
    pub finished: bool,
}

impl Clock {
    /// World time at a moment of real time.
    #[must_use]
    pub fn at(&self, real: Timestamp) -> Timestamp {
        if !self.running {
            return self.world_at;
        }
        let passed = (real - self.real_at).num_milliseconds().max(0);
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            reason = "milliseconds stay far below 2^53"
        )]
        let scaled = (passed as f64 * self.speed) as i64;
        self.world_at
            .checked_add_signed(chrono::Duration::milliseconds(scaled))
            .filter(|at| at.year() <= MAX_YEAR)
            .unwrap_or(self.world_at)
    }
}

/// Sets the clock of a drill; given by the program for an exercise director.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetClock {
    #[serde(default)]
    pub running: Option<bool>,
    #[serde(default)]
    pub speed: Option<f64>,
    /// Seconds to step forward.
    #[serde(default)]
    pub step_s: Option<u32>,
    #[serde(default)]
    pub finish: bool,
}

pub(crate) fn set_clock(
    world: &World,
    command: &SetClock,
    context: &Context,
) -> Result<Vec<Change>, Rejection> {
    let Some(Entity::Clock(clock)) = world.clock() else {
        return Err(Rejection::new(
            RejectionCode::NotADrill,
            "the live world runs on real time",
        ));
    };
    if command
        .speed
        .is_some_and(|speed| !(speed > 0.0 && speed <= MAX_SPEED))
    {
        return Err(Rejection::new(
            RejectionCode::OutOfLimits,
            format!("speed lies in 0..={MAX_SPEED}, above 0"),
        ));
    }
    let step = chrono::Duration::seconds(i64::from(command.step_s.unwrap_or(0)));
    let world_at = context.at.checked_add_signed(step);
    let Some(world_at) = world_at.filter(|at| at.year() <= MAX_YEAR) else {
        let detail = format!("the clock stops before the end of the year {MAX_YEAR}");
        return Err(Rejection::new(RejectionCode::OutOfLimits, detail));
    };
    let mut next = clock.clone();
    next.header.version += 1;
    next.world_at = world_at;
    next.real_at = context.real_at;
    next.running = command.running.unwrap_or(clock.running) && !command.finish;
    next.speed = command.speed.unwrap_or(clock.speed);
    next.finished = command.finish;
    Ok(vec![Change::put(Entity::Clock(next))])
}
