//! Coordinate systems: published check values, there and back, and no shift outside China.

use crate::support::at;
use chiyuan_geo::systems::{
    bd09_to_gcj02, bd09_to_wgs84, gcj02_to_bd09, gcj02_to_wgs84, wgs84_to_bd09, wgs84_to_gcj02,
};
use chiyuan_geo::{CoordinateSystem, LonLat};
use proptest::prelude::*;

fn assert_near(got: LonLat, right: (f64, f64)) {
    // A tenth of a micrometre: the formula itself, not an approximation of it.
    assert!(
        (got.lon() - right.0).abs() < 1e-12 && (got.lat() - right.1).abs() < 1e-12,
        "{got:?} instead of {right:?}"
    );
}

#[test]
fn check_values_hold() {
    assert_near(
        wgs84_to_gcj02(at(116.404, 39.915)),
        (116.410_244_499_169_38, 39.916_404_281_501_64),
    );
    assert_near(
        gcj02_to_bd09(at(116.404, 39.915)),
        (116.410_369_493_710_29, 39.921_336_993_510_21),
    );
    let shuozhou = at(112.44, 39.33);
    assert_near(
        wgs84_to_gcj02(shuozhou),
        (112.446_832_514_582_9, 39.331_149_993_610_63),
    );
    assert_near(
        wgs84_to_bd09(shuozhou),
        (112.453_203_146_928_12, 39.337_459_384_662_885),
    );
    let shift_m = shuozhou.geodesic_m(wgs84_to_gcj02(shuozhou));
    // Haversine on a sphere of 6 371 km, as often quoted, gives 601.4 m for the same shift.
    assert!((shift_m - 602.788).abs() < 0.001, "{shift_m}");
    assert_near(
        gcj02_to_wgs84(at(112.446_832_514_582_9, 39.331_149_993_610_63)),
        (112.44, 39.33),
    );
    assert_near(
        bd09_to_wgs84(at(112.453_203_146_928_12, 39.337_459_384_662_885)),
        (112.44, 39.33),
    );
}

#[test]
fn outside_china_nothing_is_shifted() {
    for abroad in [
        at(139.69, 35.69),
        at(-0.13, 51.5),
        at(73.6, 40.0),
        at(110.0, 53.56),
        at(110.0, 3.8),
        at(180.0, 90.0),
    ] {
        for convert in [
            wgs84_to_gcj02,
            gcj02_to_wgs84,
            gcj02_to_bd09,
            bd09_to_gcj02,
            wgs84_to_bd09,
            bd09_to_wgs84,
        ] {
            assert_eq!(convert(abroad), abroad);
        }
    }
}

#[test]
fn a_system_takes_its_own_coordinates_home() {
    let here = at(106.54, 38.91);
    for system in [
        CoordinateSystem::Wgs84,
        CoordinateSystem::Gcj02,
        CoordinateSystem::Bd09,
    ] {
        let there = system.from_wgs84(here);
        assert_eq!(there == here, system == CoordinateSystem::Wgs84);
        assert!(system.to_wgs84(there).geodesic_m(here) < 1e-6);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    #[test]
    fn there_and_back_is_the_same_place(
        lon in prop_oneof![8 => 73.7..135.0, 1 => 104.999_999..105.000_001],
        lat in prop_oneof![8 => 3.9..53.5, 1 => 34.999_999..35.000_001],
    ) {
        let here = at(lon, lat);
        prop_assert!(gcj02_to_wgs84(wgs84_to_gcj02(here)).geodesic_m(here) < 1e-6);
        prop_assert!(bd09_to_gcj02(gcj02_to_bd09(here)).geodesic_m(here) < 1e-6);
        prop_assert!(bd09_to_wgs84(wgs84_to_bd09(here)).geodesic_m(here) < 1e-6);
        let shift_m = here.geodesic_m(wgs84_to_gcj02(here));
        prop_assert!((1.0..1_500.0).contains(&shift_m), "shifted by {} m", shift_m);
    }
}
