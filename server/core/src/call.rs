//! Calls 呼叫: from ring to the end of call-taking (T0 to T3), or abandoned; linked to an incident or not.

use chrono::Duration;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Change, DivisionCode, Entity, EntityId, Header, Rejection, RejectionCode, Timestamp, World,
    decide::Context,
    millis, place,
    private::{Contact, PrivateRef, Prose},
    text::{Name, Term},
};

/// A switch may report a ring this long after it began, seconds.
pub const MAX_RING_DELAY_S: i64 = 600;

/// Where a call stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CallStatus {
    /// 振铃
    Ringing,
    /// 已接听
    Answered,
    /// 受理中
    CallTaking,
    /// 受理结束
    Ended,
    /// 呼救未受理: the caller hung up before anybody answered.
    Abandoned,
}

/// 受理类型: what came of taking a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Acceptance {
    /// 正常派车
    Normal,
    /// 正常挂起
    Held,
    /// 增援派车
    Reinforcement,
    /// 欲派无车
    NoVehicle,
    /// 拒绝出车
    Refused,
    /// 转分中心
    Transferred,
}

/// 呼叫
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Call {
    #[serde(flatten)]
    pub header: Header,
    /// Whose line rang; none while nobody knows the place: every centre sees it.
    pub jurisdiction: Option<DivisionCode>,
    /// `120 110 119 122 manual`...
    #[schema(value_type = String)]
    pub line: Term,
    /// The switch's own number of the call.
    #[schema(value_type = Option<String>)]
    pub reference: Option<Term>,
    pub status: CallStatus,
    /// Where the caller probably is, WGS-84 degrees.
    pub lon: Option<f64>,
    pub lat: Option<f64>,
    /// T0 振铃时刻
    #[schema(value_type = String, format = DateTime)]
    pub received_at: Timestamp,
    /// T1 摘机时间
    #[schema(value_type = Option<String>, format = DateTime)]
    pub answered_at: Option<Timestamp>,
    #[schema(value_type = Option<String>)]
    pub answered_by: Option<Name>,
    /// T2 开始受理时刻
    #[schema(value_type = Option<String>, format = DateTime)]
    pub call_taking_began_at: Option<Timestamp>,
    /// T3 结束受理时刻
    #[schema(value_type = Option<String>, format = DateTime)]
    pub call_taking_ended_at: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub abandoned_at: Option<Timestamp>,
    pub acceptance: Option<Acceptance>,
    pub incident_id: Option<EntityId>,
    /// Number and name of the caller, place as told.
    pub private: Option<PrivateRef>,
}

/// A call rings (T0), or somebody reports in another way.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReceiveCall {
    /// Id for the call; left out, one is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call_id: Option<EntityId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jurisdiction: Option<DivisionCode>,
    #[schema(value_type = Option<String>)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<Term>,
    #[schema(value_type = Option<String>)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<Term>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lon: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lat: Option<f64>,
    /// When it began to ring, world time; left out: now.
    #[schema(value_type = Option<String>, format = DateTime)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
    #[schema(value_type = Option<String>)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caller_number: Option<Contact>,
    #[schema(value_type = Option<String>)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caller_name: Option<Contact>,
    #[schema(value_type = Option<String>)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location_text: Option<Prose>,
    /// Set by the program, never by a sender.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub private: Option<PrivateRef>,
}

/// Names a call: answered (T1), call-taking begun (T2), abandoned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CallStep {
    pub call_id: EntityId,
}

/// Call-taking ends (T3) with an acceptance type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EndCallTaking {
    pub call_id: EntityId,
    /// Left out: `normal` if the call has an incident, else `refused`.
    #[serde(default)]
    pub acceptance: Option<Acceptance>,
}

pub(crate) fn receive_call(
    world: &World,
    command: &ReceiveCall,
    context: &Context,
) -> Result<Vec<Change>, Rejection> {
    let id = context.new_id(world, command.call_id.as_ref())?;
    let point = place::optional_point(command.lon, command.lat)?;
    let received_at = command.at.map_or(context.at, millis);
    let delay = context.at - received_at;
    if received_at > context.at || delay > Duration::seconds(MAX_RING_DELAY_S) {
        return Err(Rejection::new(
            RejectionCode::TimeOutOfOrder,
            format!("a ring is reported within {MAX_RING_DELAY_S} s, and not before it rings"),
        ));
    }
    let jurisdiction = place::jurisdiction_for(world, command.jurisdiction, point, context)?;
    let call = Call {
        header: context.new_header(world, id, jurisdiction),
        jurisdiction,
        line: command.line.clone().unwrap_or_else(|| word("120")),
        reference: command.reference.clone(),
        status: CallStatus::Ringing,
        lon: point.map(|p| p.lon()),
        lat: point.map(|p| p.lat()),
        received_at,
        answered_at: None,
        answered_by: None,
        call_taking_began_at: None,
        call_taking_ended_at: None,
        abandoned_at: None,
        acceptance: None,
        incident_id: None,
        private: command.private.clone(),
    };
    let entity = Entity::Call(call);
    context.inside_or_nowhere(world, &entity)?;
    Ok(vec![Change::put(entity)])
}

pub(crate) fn answer_call(
    world: &World,
    command: &CallStep,
    context: &Context,
) -> Result<Vec<Change>, Rejection> {
    step(
        world,
        &command.call_id,
        CallStatus::Ringing,
        context,
        |call| {
            call.status = CallStatus::Answered;
            call.answered_at = Some(context.at);
            call.answered_by = Some(context.actor.name.clone());
        },
    )
}

pub(crate) fn begin_call_taking(
    world: &World,
    command: &CallStep,
    context: &Context,
) -> Result<Vec<Change>, Rejection> {
    step(
        world,
        &command.call_id,
        CallStatus::Answered,
        context,
        |call| {
            call.status = CallStatus::CallTaking;
            call.call_taking_began_at = Some(context.at);
        },
    )
}

pub(crate) fn end_call_taking(
    world: &World,
    command: &EndCallTaking,
    context: &Context,
) -> Result<Vec<Change>, Rejection> {
    step(
        world,
        &command.call_id,
        CallStatus::CallTaking,
        context,
        |call| {
            call.status = CallStatus::Ended;
            call.call_taking_ended_at = Some(context.at);
            let usual = match call.incident_id {
                Some(_) => Acceptance::Normal,
                None => Acceptance::Refused,
            };
            call.acceptance = Some(command.acceptance.unwrap_or(usual));
        },
    )
}

pub(crate) fn abandon_call(
    world: &World,
    command: &CallStep,
    context: &Context,
) -> Result<Vec<Change>, Rejection> {
    step(
        world,
        &command.call_id,
        CallStatus::Ringing,
        context,
        |call| {
            call.status = CallStatus::Abandoned;
            call.abandoned_at = Some(context.at);
        },
    )
}

/// A call that the actor may handle.
pub(crate) fn handled<'w>(
    world: &'w World,
    id: &EntityId,
    context: &Context,
) -> Result<&'w Call, Rejection> {
    let entity = context.seen(world, id)?;
    let Entity::Call(call) = entity else {
        return Err(Rejection::new(
            RejectionCode::WrongKind,
            format!("{id} is not a call"),
        ));
    };
    context.inside_or_nowhere(world, entity)?;
    Ok(call)
}

/// The next version of a call with another incident.
pub(crate) fn linked(call: &Call, incident_id: Option<EntityId>) -> Change {
    let mut next = call.clone();
    next.header.version += 1;
    next.incident_id = incident_id;
    Change::put(Entity::Call(next))
}

fn step(
    world: &World,
    id: &EntityId,
    from: CallStatus,
    context: &Context,
    change: impl FnOnce(&mut Call),
) -> Result<Vec<Change>, Rejection> {
    let call = handled(world, id, context)?;
    if call.status != from {
        let who = call
            .answered_by
            .as_ref()
            .map_or(String::new(), |by| format!(", answered by {by}"));
        let detail = format!("the call is {:?}{who}", call.status);
        return Err(Rejection::new(RejectionCode::CallStage, detail)
            .blocked_by(&Entity::Call(call.clone())));
    }
    let mut next = call.clone();
    next.header.version += 1;
    change(&mut next);
    Ok(vec![Change::put(Entity::Call(next))])
}

/// A word of the program's own.
pub(crate) fn word(text: &str) -> Term {
    Term::new(text).unwrap_or_default()
}
