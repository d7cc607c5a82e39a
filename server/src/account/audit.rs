//! The audit chain: what belongs to no world (log-ins, denials, accounts, tokens), each row chained to the one before.

use chiyuan_core::{Role, Timestamp, journal::chain};
use diesel_async::SimpleAsyncConnection;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{
    api::caller::Caller,
    store::{
        Connection, Store, StoreError,
        audit::{self as rows, AuditRow},
        transaction::detached,
    },
};

/// Version of the stored format.
const VERSION: u32 = 1;

/// Something to be recorded.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Event {
    /// `user:...`, `token:...`, `operator` (the command line), `unknown`.
    pub actor: String,
    pub role: Option<Role>,
    /// Where it came from; `local` for the command line.
    pub address: String,
    /// `log_in`, `log_out`, `denied`, `account_added`...
    pub action: String,
    /// What it was done to.
    pub object: String,
    /// `ok`, or why not.
    pub result: String,
    /// How many times.
    pub count: i64,
}

impl Event {
    /// Something that a caller did or was refused.
    #[must_use]
    pub fn of(caller: &Caller, action: &str, object: &str, result: &str) -> Self {
        Self {
            actor: caller.actor.name.as_str().to_owned(),
            role: Some(caller.actor.role),
            address: caller.address.to_string(),
            action: action.to_owned(),
            object: object.to_owned(),
            result: result.to_owned(),
            count: 1,
        }
    }

    /// Something that was done on the command line of the server.
    #[must_use]
    pub fn by_operator(action: &str, object: &str) -> Self {
        Self {
            actor: "operator".to_owned(),
            role: None,
            address: "local".to_owned(),
            action: action.to_owned(),
            object: object.to_owned(),
            result: "ok".to_owned(),
            count: 1,
        }
    }
}

/// The stored bytes; the row's other columns must equal them.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Payload {
    v: u32,
    seq: i64,
    at: Timestamp,
    actor: String,
    role: Option<String>,
    address: String,
    action: String,
    object: String,
    result: String,
    count: i64,
}

impl Payload {
    fn of(row: &AuditRow) -> Self {
        Self {
            v: VERSION,
            seq: row.seq,
            at: row.at,
            actor: row.actor.clone(),
            role: row.role.clone(),
            address: row.address.clone(),
            action: row.action.clone(),
            object: row.object.clone(),
            result: row.result.clone(),
            count: row.count,
        }
    }
}

/// What the first row is chained to.
fn genesis() -> [u8; 32] {
    Sha256::digest(b"audit").into()
}

/// Appends an event inside the caller's transaction; the head stays locked until that ends, so do it last.
///
/// # Errors
/// If the database is away.
pub async fn append(connection: &mut Connection, event: Event) -> Result<(), StoreError> {
    let head = rows::lock(connection).await?;
    let mut row = AuditRow {
        seq: head.seq + 1,
        at: head.now,
        actor: event.actor,
        role: event.role.map(|role| role.as_str().to_owned()),
        address: event.address,
        action: event.action,
        object: event.object,
        result: event.result,
        count: event.count,
        payload: Vec::new(),
        prev_hash: head.hash,
        hash: Vec::new(),
    };
    row.payload = serde_json::to_vec(&Payload::of(&row))
        .map_err(|error| StoreError::Corrupt(error.to_string()))?;
    row.hash = next(&row.prev_hash, &row.payload)?;
    rows::append(connection, row).await
}

fn next(previous: &[u8], payload: &[u8]) -> Result<Vec<u8>, StoreError> {
    let previous = previous
        .try_into()
        .map_err(|_| StoreError::Corrupt("an audit hash has not 32 bytes".to_owned()))?;
    Ok(chain(previous, payload).to_vec())
}

/// Records an event in a transaction of its own, which a caller who goes away cannot cancel.
///
/// # Errors
/// If the database is away.
pub async fn record(store: &Store, event: Event) -> Result<(), StoreError> {
    detached(store, move |connection| Box::pin(append(connection, event))).await
}

/// What was found in the audit chain.
#[derive(Debug, Clone, Serialize)]
pub struct Findings {
    pub rows: i64,
    /// Every difference with its place; empty is good.
    pub differences: Vec<String>,
    /// Hash of the last row.
    pub head: String,
}

/// Recomputes the whole chain.
///
/// # Errors
/// If the database is away.
pub async fn verify(connection: &mut Connection) -> Result<Findings, StoreError> {
    connection
        .batch_execute(
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = 0",
        )
        .await?;
    let findings = within(connection).await?;
    connection.batch_execute("COMMIT").await?;
    Ok(findings)
}

/// Recomputes the whole chain inside the caller's transaction, which must see one moment.
///
/// # Errors
/// If the database is away.
pub async fn within(connection: &mut Connection) -> Result<Findings, StoreError> {
    let mut walk = Walk::new();
    loop {
        let page = rows::page(connection, walk.seq).await?;
        if page.is_empty() {
            break;
        }
        for row in &page {
            walk.step(row);
        }
    }
    let (seq, hash) = rows::head(connection).await?;
    if seq != walk.seq || hash != walk.head {
        walk.differences.push(format!(
            "the head stands at {seq} and the rows end at {}, or their hashes differ",
            walk.seq
        ));
    }
    Ok(Findings {
        rows: walk.rows,
        differences: walk.differences,
        head: hex::encode(walk.head),
    })
}

/// A walk along the chain that trusts no stored hash.
struct Walk {
    rows: i64,
    seq: i64,
    head: Vec<u8>,
    differences: Vec<String>,
}

impl Walk {
    fn new() -> Self {
        Self {
            rows: 0,
            seq: 0,
            head: genesis().to_vec(),
            differences: Vec::new(),
        }
    }

    fn step(&mut self, row: &AuditRow) {
        let mut differ = |what: &str| {
            self.differences
                .push(format!("audit row {}: {what}", row.seq));
        };
        if row.seq != self.seq + 1 {
            differ(&format!("should be row {}", self.seq + 1));
        }
        if row.prev_hash != self.head {
            differ("the chain is broken");
        }
        let hash = if crate::mutant::is("audit_trusts_hashes") {
            row.hash.clone()
        } else {
            next(&self.head, &row.payload).unwrap_or_default()
        };
        if row.hash != hash {
            differ("the hash is wrong");
        }
        match serde_json::from_slice::<Payload>(&row.payload) {
            Err(error) => differ(&error.to_string()),
            Ok(payload) if payload != Payload::of(row) => {
                differ("a column differs from the payload");
            }
            Ok(_) => {}
        }
        self.rows += 1;
        self.seq = row.seq;
        self.head = hash;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(count: i64) -> Vec<AuditRow> {
        let mut head = genesis().to_vec();
        (1..=count)
            .map(|seq| {
                let mut row = AuditRow {
                    seq,
                    at: Timestamp::UNIX_EPOCH,
                    actor: format!("user:{seq}"),
                    role: None,
                    address: "127.0.0.1".to_owned(),
                    action: "log_in".to_owned(),
                    object: "session".to_owned(),
                    result: "ok".to_owned(),
                    count: 1,
                    payload: Vec::new(),
                    prev_hash: head.clone(),
                    hash: Vec::new(),
                };
                row.payload = serde_json::to_vec(&Payload::of(&row)).unwrap();
                row.hash = next(&head, &row.payload).unwrap();
                head.clone_from(&row.hash);
                row
            })
            .collect()
    }

    fn differences(rows: &[AuditRow]) -> Vec<String> {
        let mut walk = Walk::new();
        rows.iter().for_each(|row| walk.step(row));
        walk.differences
    }

    #[test]
    fn an_untouched_chain_is_good() {
        assert_eq!(differences(&rows(20)), Vec::<String>::new());
    }

    #[test]
    fn any_change_is_found_where_it_is() {
        for place in 0..19 {
            let mut edited = rows(20);
            edited[place].actor = "user:somebody-else".to_owned();
            let found = differences(&edited);
            assert!(
                found[0].contains(&format!("row {}:", place + 1)),
                "{found:?}"
            );
            let mut rewritten = rows(20);
            rewritten[place].count = 9;
            rewritten[place].payload = serde_json::to_vec(&Payload::of(&rewritten[place])).unwrap();
            assert!(!differences(&rewritten).is_empty());
            let previous = rewritten[place].prev_hash.clone();
            rewritten[place].hash = next(&previous, &rewritten[place].payload).unwrap();
            assert!(!differences(&rewritten).is_empty());
            let mut removed = rows(20);
            removed.remove(place);
            assert!(!differences(&removed).is_empty());
            let mut swapped = rows(20);
            swapped.swap(place, place + 1);
            assert!(!differences(&swapped).is_empty());
        }
    }
}
