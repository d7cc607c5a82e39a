//! A private database per test, copied from a template that is migrated and seeded once per process.

use std::sync::atomic::{AtomicU32, Ordering};

use diesel_async::{AsyncConnection, AsyncPgConnection, SimpleAsyncConnection};
use tokio::sync::OnceCell;

use crate::{
    accounts::Accounts,
    server::{data_dir, tool},
    services::services,
};

/// What a template holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seeded {
    /// Schema and demo accounts; no resources.
    Empty,
    /// The five jurisdictions.
    Full,
}

/// A database of one test.
#[derive(Debug, Clone)]
pub struct Database {
    pub url: String,
    pub name: String,
    pub accounts: Accounts,
}

struct Template {
    name: String,
    accounts: Accounts,
}

impl Database {
    /// A database with the five jurisdictions and demo accounts.
    pub async fn full() -> Self {
        static TEMPLATE: OnceCell<Template> = OnceCell::const_new();
        Self::copy(TEMPLATE.get_or_init(|| template(Seeded::Full)).await).await
    }

    /// A database with demo accounts and no resources.
    pub async fn empty() -> Self {
        static TEMPLATE: OnceCell<Template> = OnceCell::const_new();
        Self::copy(TEMPLATE.get_or_init(|| template(Seeded::Empty)).await).await
    }

    /// A database without anything, with the accounts of another one that is to be restored into it.
    pub async fn blank_for(other: &Self) -> Self {
        let name = fresh_name();
        owner(&format!("CREATE DATABASE {name}")).await;
        Self {
            url: with_name(&services().database_url, &name),
            name,
            accounts: other.accounts.clone(),
        }
    }

    /// A connection of the owner.
    pub async fn connect(&self) -> AsyncPgConnection {
        AsyncPgConnection::establish(&self.url)
            .await
            .expect("the test database answers")
    }

    /// A connection of the superuser.
    pub async fn connect_as_superuser(&self) -> AsyncPgConnection {
        let url = with_name(&services().admin_url, &self.name);
        AsyncPgConnection::establish(&url)
            .await
            .expect("the test database answers")
    }

    async fn copy(template: &Template) -> Self {
        let name = fresh_name();
        // Two copies of one template at a time are refused by PostgreSQL.
        static ONE_AT_A_TIME: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());
        let _one = ONE_AT_A_TIME.lock().await;
        owner(&format!(
            "CREATE DATABASE {name} TEMPLATE {} STRATEGY FILE_COPY",
            template.name
        ))
        .await;
        Self {
            url: with_name(&services().database_url, &name),
            name,
            accounts: template.accounts.clone(),
        }
    }
}

async fn template(seeded: Seeded) -> Template {
    let name = fresh_name();
    owner(&format!("CREATE DATABASE {name}")).await;
    let url = with_name(&services().database_url, &name);
    let data = data_dir(&name);
    tool(&url, &data, &["migrate"]).await;
    tool(&url, &data, &["demo-accounts"]).await;
    if seeded == Seeded::Full {
        tool(&url, &data, &["seed", "seed"]).await;
    }
    Template {
        name,
        accounts: Accounts::read(&data),
    }
}

async fn owner(statement: &str) {
    let mut connection = AsyncPgConnection::establish(&services().database_url)
        .await
        .expect("PostgreSQL answers");
    connection.batch_execute(statement).await.expect(statement);
}

fn fresh_name() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!(
        "test_{}_{}",
        std::process::id(),
        NEXT.fetch_add(1, Ordering::Relaxed)
    )
}

fn with_name(url: &str, name: &str) -> String {
    let at = url.rfind('/').expect("a database URL has a path");
    format!("{}/{name}", &url[..at])
}
