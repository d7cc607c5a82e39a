//! The table of stages: what may follow what, skips included. Everything else is refused.

use super::Stage;
use crate::{Entity, unit::UnitStatus};

/// Special vehicles that carry patients (JZ-16, SZ-21).
const PATIENT_VEHICLES: [&str; 2] = ["referral_vehicle", "referral"];

/// Whether a unit has the patient stages.
#[must_use]
pub fn carries_patients(unit: &Entity) -> bool {
    match unit {
        Entity::Ambulance(_) => true,
        Entity::SpecialVehicle(vehicle) => {
            PATIENT_VEHICLES.contains(&vehicle.spec.vehicle_type.as_str())
                || unit.has_capability("patient_transport")
        }
        _ => false,
    }
}

/// Whether `to` may be reported after `from`. A skip stands for a button that was not pressed: the stage skipped has
/// no stamp. `aboard` says whether a patient is in the vehicle; closing is apart, since it asks for a result.
#[must_use]
pub fn allowed(from: Stage, to: Stage, carries_patients: bool, aboard: bool) -> bool {
    use Stage::{
        Acknowledged, Arrived, Assigned, AtHospital, Closed, Departed, HandedOver, LeftScene,
        PatientAboard,
    };
    match (from, to) {
        (Assigned, Acknowledged | Departed)
        | (Acknowledged, Departed)
        | (Departed, Arrived)
        | (Arrived, LeftScene) => true,
        (Arrived, PatientAboard) => carries_patients,
        (PatientAboard, LeftScene | AtHospital) | (AtHospital, HandedOver) => true,
        (LeftScene, AtHospital) => aboard,
        (
            Acknowledged | Departed | Arrived | PatientAboard | LeftScene | AtHospital | HandedOver,
            Closed,
        ) => true,
        _ => false,
    }
}

/// A stage at which a result need not be told: the work was done as ordered. An ambulance that left without a patient
/// says why.
pub(super) fn completes(from: Stage, carries_patients: bool) -> bool {
    from == Stage::HandedOver || (from == Stage::LeftScene && !carries_patients)
}

/// What an ended unit is, before it may be sent again.
pub(super) fn after(infectious: bool, on_shift: bool) -> UnitStatus {
    match (infectious, on_shift) {
        (true, _) => UnitStatus::Decontaminating,
        (false, true) => UnitStatus::Available,
        (false, false) => UnitStatus::OffDuty,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_life_in_order_is_allowed_and_its_reverse_is_not() {
        let life = &Stage::ALL[..9];
        for pair in life.windows(2) {
            assert!(allowed(pair[0], pair[1], true, true), "{pair:?}");
            assert!(!allowed(pair[1], pair[0], true, true), "{pair:?}");
        }
    }

    #[test]
    fn a_team_has_no_patient_stages() {
        assert!(!allowed(Stage::Arrived, Stage::PatientAboard, false, false));
        assert!(!allowed(Stage::LeftScene, Stage::AtHospital, false, false));
        assert!(allowed(Stage::LeftScene, Stage::Closed, false, false));
    }

    #[test]
    fn nothing_follows_the_end_and_nothing_is_reported_into_another_end() {
        for from in Stage::ALL {
            for to in Stage::ALL {
                let end = from.is_final()
                    || matches!(to, Stage::Cancelled | Stage::Diverted | Stage::Assigned);
                assert!(!(end && allowed(from, to, true, true)), "{from:?} {to:?}");
            }
        }
        assert!(!allowed(Stage::Assigned, Stage::Closed, true, false));
    }
}
