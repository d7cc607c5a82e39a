//! Schemas of the two shapes of registered things for the OpenAPI document: one name per kind, all parts together.

use std::borrow::Cow;

use utoipa::{
    PartialSchema, ToSchema,
    openapi::{Ref, RefOr, Schema, schema::AllOfBuilder},
};

use crate::{Header, Listed, Placed, Point};

type Named = Vec<(String, RefOr<Schema>)>;

/// `AmbulanceSpec` specifies an `Ambulance`.
fn kind_name<S: ToSchema>() -> Cow<'static, str> {
    let name = S::name();
    Cow::Owned(name.strip_suffix("Spec").unwrap_or(&name).to_owned())
}

fn part<P: ToSchema>() -> Ref {
    Ref::from_schema_name(P::name())
}

fn name_part<P: ToSchema>(schemas: &mut Named) {
    schemas.push((P::name().into_owned(), P::schema()));
    P::schemas(schemas);
}

impl<S: ToSchema, T: ToSchema> PartialSchema for Placed<S, T> {
    fn schema() -> RefOr<Schema> {
        let parts = AllOfBuilder::new()
            .item(part::<Header>())
            .item(part::<Point>());
        parts.item(part::<S>()).item(part::<T>()).into()
    }
}

impl<S: ToSchema, T: ToSchema> ToSchema for Placed<S, T> {
    fn name() -> Cow<'static, str> {
        kind_name::<S>()
    }

    fn schemas(schemas: &mut Named) {
        name_part::<Header>(schemas);
        name_part::<Point>(schemas);
        name_part::<S>(schemas);
        name_part::<T>(schemas);
    }
}

impl<S: ToSchema> PartialSchema for Listed<S> {
    fn schema() -> RefOr<Schema> {
        AllOfBuilder::new()
            .item(part::<Header>())
            .item(part::<S>())
            .into()
    }
}

impl<S: ToSchema> ToSchema for Listed<S> {
    fn name() -> Cow<'static, str> {
        kind_name::<S>()
    }

    fn schemas(schemas: &mut Named) {
        name_part::<Header>(schemas);
        name_part::<S>(schemas);
    }
}
