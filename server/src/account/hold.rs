//! Whether the credential still stands that a feed was opened with (S8, S20).

use std::sync::Arc;

use chiyuan_core::Actor;
use tokio::sync::watch;

use super::{
    Accounts, LOOK_UP_WITHIN,
    cache::{Entry, Standing},
    keeper, within,
};
use crate::{
    api::caller::{Credential, Holder},
    app::App,
    store::accounts::{self, AccountRow},
};

/// How a credential stands that a feed was opened with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    /// As it was.
    Good,
    /// Nobody may use it any more.
    Ended,
    /// Its account or token may do something else now.
    RightsChanged,
}

/// Whether a credential still allows what it did; the feed asks once a second, and whenever [`endings`] changes.
/// Asking is no activity: an idle session ends although its feed is open.
pub async fn hold(app: &App, holder: &Holder) -> Hold {
    keeper::ensure(&app.accounts);
    if crate::mutant::is("feeds_keep_rights") {
        return Hold::Good;
    }
    match standing_entry(&app.accounts, &holder.credential).await {
        Some(entry) if *entry.actor() == holder.actor => Hold::Good,
        Some(_) => Hold::RightsChanged,
        None if rights_changed(&app.accounts, &holder.actor).await => Hold::RightsChanged,
        None => Hold::Ended,
    }
}

/// Changes whenever a credential that this server remembers ends or gets other rights.
#[must_use]
pub fn endings(app: &App) -> watch::Receiver<()> {
    app.accounts.cache.endings()
}

/// The entry of a credential, if it may still be used.
async fn standing_entry(accounts: &Accounts, credential: &Credential) -> Option<Arc<Entry>> {
    let known = accounts.cache.get(credential);
    match known.as_ref().map(|entry| accounts.cache.standing(entry)) {
        Some(Standing::Valid) => return known,
        Some(Standing::Ended) => return None,
        Some(Standing::Stale) | None => {}
    }
    match accounts.look_up(credential).await {
        Ok(found) => found,
        Err(_) => known.filter(|entry| accounts.cache.bridges_outage(entry)),
    }
}

/// Whether an account whose session has ended may log in again, but with other rights.
async fn rights_changed(accounts: &Accounts, actor: &Actor) -> bool {
    let Some(username) = actor.name.as_str().strip_prefix("user:") else {
        return false;
    };
    let found = within(LOOK_UP_WITHIN, async {
        let mut connection = accounts.store.write().await?;
        let found = accounts::find(&mut connection, username).await?;
        connection.done();
        Ok(found)
    });
    let account = found.await.ok().flatten();
    account.is_some_and(|account| !account.disabled && differs(&account, actor))
}

fn differs(account: &AccountRow, actor: &Actor) -> bool {
    let place = actor.jurisdiction.as_ref().map(|code| code.as_str());
    let unit = actor.unit.as_ref().map(|unit| unit.as_str());
    account.role != actor.role.as_str()
        || account.jurisdiction.as_deref() != place
        || account.unit_id.as_deref() != unit
}
