use std::collections::BTreeMap;

use chrono::DateTime;

use super::*;

/// A small generator of the tests' own.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
    fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * (self.next() % 1_000_000) as f64 / 1_000_000.0
    }
}

const HOME: (f64, f64) = (112.44, 39.32);
const DEGREE_M: f64 = 111_195.0;

fn start() -> Timestamp {
    DateTime::from_timestamp(1_795_000_000, 0).expect("a moment")
}

fn home() -> Option<LonLat> {
    LonLat::new(HOME.0, HOME.1).ok()
}

fn claim(seconds: f64, lon: f64, lat: f64) -> Claim {
    #[expect(clippy::cast_possible_truncation, reason = "test moments are small")]
    let at = start() + TimeDelta::milliseconds((seconds * 1_000.0) as i64);
    Claim {
        at,
        lon,
        lat,
        speed_mps: None,
        heading_deg: None,
        accuracy_m: None,
    }
}

fn now(seconds: f64) -> Timestamp {
    claim(seconds, 0.0, 0.0).at
}

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Accepted(_) => "accepted",
        Verdict::Late(_) => "late",
        Verdict::Rejected(code) => code.as_str(),
    }
}

#[test]
fn one_fix_after_a_good_one() {
    let with = |change: fn(&mut Claim)| {
        let mut claim = claim(10.0, HOME.0 + 0.001, HOME.1);
        change(&mut claim);
        claim
    };
    let table: Vec<(Claim, &str)> = vec![
        (with(|_| {}), "accepted"),
        (with(|c| c.at += TimeDelta::seconds(30)), "accepted"),
        (with(|c| c.at += TimeDelta::milliseconds(30_001)), "future"),
        (with(|c| c.at += TimeDelta::days(1)), "future"),
        (with(|c| c.at -= TimeDelta::seconds(11)), "late"),
        (with(|c| c.at -= TimeDelta::hours(24)), "late"),
        (with(|c| c.at -= TimeDelta::hours(25)), "too_old"),
        (with(|c| c.at = DateTime::UNIX_EPOCH), "too_old"),
        (with(|c| c.at -= TimeDelta::seconds(10)), "repeat"),
        (with(|c| (c.lon, c.lat) = (0.0, 0.0)), "null_island"),
        (with(|c| (c.lon, c.lat) = (HOME.1, HOME.0)), "swapped"),
        (with(|c| c.lon = 476.4), "out_of_range"),
        (with(|c| c.lat = -95.0), "out_of_range"),
        (with(|c| c.lon = f64::NAN), "malformed"),
        (with(|c| c.lat = f64::INFINITY), "malformed"),
        (with(|c| c.speed_mps = Some(-1.0)), "malformed"),
        (with(|c| c.speed_mps = Some(f64::NAN)), "malformed"),
        (with(|c| c.speed_mps = Some(400.0)), "malformed"),
        (with(|c| c.heading_deg = Some(361.0)), "malformed"),
        (with(|c| c.accuracy_m = Some(-5.0)), "malformed"),
        (with(|c| c.accuracy_m = Some(f64::INFINITY)), "malformed"),
        // 400 km/h for 10 s; a claimed error of a kilometre is no excuse.
        (with(|c| c.lat += 1_111.0 / DEGREE_M), "jump"),
        (
            with(|c| {
                c.lat += 1_111.0 / DEGREE_M;
                c.accuracy_m = Some(1_000.0);
            }),
            "jump",
        ),
        // 200 km/h is fast, and possible.
        (with(|c| c.lat += 550.0 / DEGREE_M), "accepted"),
    ];
    for (claim_after, expected) in table {
        let mut history = History::default();
        let first = judge(&claim(0.0, HOME.0, HOME.1), &mut history, home(), now(0.0));
        assert_eq!(word(first), "accepted");
        let verdict = judge(&claim_after, &mut history, home(), now(10.0));
        assert_eq!(word(verdict), expected, "{claim_after:?}");
    }
}

#[test]
fn a_wrong_first_fix_locks_nobody_out() {
    let mut history = History::default();
    let mut words = Vec::new();
    // Somewhere in the sea, once; then every 3 s at home.
    judge(&claim(0.0, 120.0, 30.0), &mut history, home(), now(0.0));
    for step in 1..8 {
        let at = f64::from(step) * 3.0;
        let verdict = judge(&claim(at, HOME.0, HOME.1), &mut history, home(), now(at));
        words.push(word(verdict));
    }
    let expected = [
        "jump", "jump", "jump", "jump", "accepted", "accepted", "accepted",
    ];
    assert_eq!(words, expected);
}

#[test]
fn a_sure_place_yields_only_to_a_minute_of_contradiction() {
    let mut history = History::default();
    for second in 0..20 {
        let at = f64::from(second);
        judge(&claim(at, HOME.0, HOME.1), &mut history, home(), now(at));
    }
    let mut accepted_at = None;
    for second in 20..120 {
        let at = f64::from(second);
        let verdict = judge(&claim(at, 114.0, 39.0), &mut history, home(), now(at));
        if word(verdict) == "accepted" {
            accepted_at = Some(second);
            break;
        }
    }
    assert_eq!(accepted_at, Some(80));
    // One fix from the old place in between starts the count anew.
    let mut history = History::default();
    for second in 0..300 {
        let at = f64::from(second);
        let (lon, lat) = if second % 5 == 0 { HOME } else { (114.0, 39.0) };
        let verdict = judge(&claim(at, lon, lat), &mut history, home(), now(at));
        assert_eq!(word(verdict) == "accepted", second % 5 == 0, "{second}");
    }
}

/// Rule R16: 100 000 dirty fixes between good ones; none moves a unit, and no good one is refused.
#[test]
fn dirt_never_moves_a_unit_and_good_fixes_always_do() {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut history = History::default();
    let (mut lon, mut lat) = HOME;
    let mut seconds = 0.0;
    let (mut dirty, mut reordered) = (0, 0);
    let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
    let mut last = claim(0.0, lon, lat);
    judge(&last, &mut history, home(), now(0.0));
    while dirty < 100_000 {
        // A good fix: up to 33 m/s and a few metres of scatter.
        let gap = dice.between(0.5, 5.0);
        seconds += gap;
        let skipped = (seconds - gap / 2.0, lon, lat);
        let step = dice.between(0.0, 33.0) * gap / DEGREE_M;
        lon = (lon + dice.between(-1.0, 1.0) * step).clamp(111.0, 114.0);
        lat = (lat + dice.between(-1.0, 1.0) * step).clamp(38.0, 40.5);
        last = claim(seconds, lon, lat);
        let verdict = judge(&last, &mut history, home(), now(seconds));
        assert_eq!(word(verdict), "accepted", "a good fix at {seconds}");
        if dice.next().is_multiple_of(10) {
            let (at, lon, lat) = skipped;
            let verdict = judge(&claim(at, lon, lat), &mut history, home(), now(seconds));
            assert_eq!(word(verdict), "late", "a reordered fix at {at}");
            reordered += 1;
        }
        for _ in 0..dice.next() % 8 {
            let (claim, expected) = dirt(&mut dice, &last, seconds);
            let verdict = judge(&claim, &mut history, home(), now(seconds));
            assert_eq!(word(verdict), expected, "{claim:?} after {last:?}");
            *codes.entry(expected).or_default() += 1;
            dirty += 1;
        }
        let at = history.latest().expect("a place");
        assert_eq!((at.position.lon(), at.position.lat()), (lon, lat));
    }
    assert!(reordered > 1_000 && codes.len() == 8, "{codes:?}");
}

fn dirt(dice: &mut Dice, last: &Claim, seconds: f64) -> (Claim, &'static str) {
    let mut claim = *last;
    claim.at += TimeDelta::milliseconds(1);
    let word = match dice.next() % 8 {
        0 => {
            claim.at = DateTime::from_timestamp(315_532_800, 0).expect("1980");
            "too_old"
        }
        1 => {
            claim.at += TimeDelta::days(1);
            "future"
        }
        2 => {
            (claim.lon, claim.lat) = (0.0, 0.0);
            "null_island"
        }
        3 => {
            (claim.lon, claim.lat) = (last.lat, last.lon);
            "swapped"
        }
        4 => {
            claim.lat = f64::NAN;
            "malformed"
        }
        5 => {
            // 400 km/h and more for some seconds.
            let gap = dice.between(1.0, 20.0);
            claim.at = now(seconds + gap);
            claim.lat += dice.between(111.2, 5_000.0) * gap / DEGREE_M;
            "jump"
        }
        6 => {
            claim.lon += 364.0;
            "out_of_range"
        }
        _ => {
            claim = *last;
            "repeat"
        }
    };
    (claim, word)
}
