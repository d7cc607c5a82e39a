//! The tables that Diesel's query builder works on. Entity tables are written by [`super::entities`].

diesel::table! {
    world (id) {
        id -> Text,
        kind -> Text,
        name -> Text,
        epoch -> Text,
        seq -> BigInt,
        at -> Timestamptz,
        head -> Binary,
        open -> Bool,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    journal (world_id, seq) {
        world_id -> Text,
        seq -> BigInt,
        at -> Timestamptz,
        recorded_at -> Timestamptz,
        actor -> Text,
        command -> Jsonb,
        idempotency_key -> Text,
        payload -> Binary,
        prev_hash -> Binary,
        hash -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use postgis_diesel::sql_types::Geography;
    last_fix (world_id, unit_id) {
        world_id -> Text,
        unit_id -> Text,
        at -> Timestamptz,
        received_at -> Timestamptz,
        location -> Geography,
        speed_mps -> Nullable<Float>,
        heading_deg -> Nullable<Float>,
        accuracy_m -> Nullable<Float>,
        source -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use postgis_diesel::sql_types::Geography;
    track (world_id, unit_id, at) {
        world_id -> Text,
        unit_id -> Text,
        at -> Timestamptz,
        received_at -> Timestamptz,
        location -> Geography,
        speed_mps -> Nullable<Float>,
        heading_deg -> Nullable<Float>,
        accuracy_m -> Nullable<Float>,
        source -> Text,
        late -> Bool,
    }
}

diesel::table! {
    account (id) {
        id -> BigInt,
        username -> Text,
        password_hash -> Text,
        role -> Text,
        jurisdiction -> Nullable<Text>,
        unit_id -> Nullable<Text>,
        display_name -> Text,
        disabled -> Bool,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    session (token_hash) {
        token_hash -> Binary,
        account_id -> BigInt,
        created_at -> Timestamptz,
        last_seen_at -> Timestamptz,
        expires_at -> Timestamptz,
        address -> Text,
    }
}

diesel::table! {
    token (id) {
        id -> BigInt,
        token_hash -> Binary,
        name -> Text,
        role -> Text,
        jurisdiction -> Nullable<Text>,
        unit_id -> Nullable<Text>,
        source -> Nullable<Text>,
        disabled -> Bool,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    login_failure (username, address) {
        username -> Text,
        address -> Text,
        failures -> Integer,
        last_at -> Timestamptz,
        locked_until -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    audit_head (one) {
        one -> Bool,
        seq -> BigInt,
        hash -> Binary,
    }
}

diesel::table! {
    audit (seq) {
        seq -> BigInt,
        at -> Timestamptz,
        actor -> Text,
        role -> Nullable<Text>,
        address -> Text,
        action -> Text,
        object -> Text,
        result -> Text,
        count -> BigInt,
        payload -> Binary,
        prev_hash -> Binary,
        hash -> Binary,
    }
}

diesel::joinable!(session -> account (account_id));
diesel::allow_tables_to_appear_in_same_query!(session, account);
