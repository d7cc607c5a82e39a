//! The repository's seed folder, and folders with faults, decided without a database.

use std::{collections::BTreeMap, fs, path::PathBuf};

use chiyuan_core::{
    Command, Entity, Kind, World, WorldId, norm::DocumentStatus, stockpile::ReserveKind,
    unit::AmbulanceClass,
};

use super::*;

fn seed_dir() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../seed")
}

fn empty() -> World {
    World::new(WorldId::new("live").unwrap())
}

fn seeded() -> World {
    plan(&empty(), &seed_dir(), time::now())
        .unwrap_or_else(|error| panic!("{error}"))
        .world
}

/// A copy of the repository's seed that a test may spoil.
struct Copy(PathBuf);

impl Copy {
    fn new(name: &str) -> Self {
        let root = std::env::temp_dir().join(format!("chiyuan-seed-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        copy(&seed_dir(), &root);
        Self(root)
    }

    /// Replaces text that stands exactly once; gives the line it stood in.
    fn edit(&self, file: &str, old: &str, new: &str) -> usize {
        let path = self.0.join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(text.matches(old).count(), 1, "{file}: {old}");
        fs::write(&path, text.replace(old, new)).unwrap();
        text[..text.find(old).unwrap()].lines().count().max(1)
    }

    fn faults(&self, world: &World) -> Vec<String> {
        let root = format!("{}/", self.0.display());
        match plan(world, &self.0, time::now()) {
            Err(SeedError::Faults(faults)) => {
                let told = faults
                    .list()
                    .iter()
                    .map(|fault| fault.to_string().replace(&root, ""));
                told.collect()
            }
            Err(error) => panic!("{error}"),
            Ok(_) => Vec::new(),
        }
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

#[test]
fn the_seed_of_the_repository_obeys_the_rules() {
    let plan = plan(&empty(), &seed_dir(), time::now()).unwrap_or_else(|error| panic!("{error}"));
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    // Who is on duty comes with the vehicles.
    let shifts = plan.world.of_kind(Kind::Shift).count();
    assert!(shifts > 300, "{shifts}");
    let registered = plan.world.entities().filter(|e| !e.kind().is_archived());
    for entity in registered {
        *counts.entry(entity.kind().as_str()).or_default() += 1;
    }
    eprintln!("{counts:?}");
    assert_eq!(plan.steps.len(), plan.rows);
    assert_eq!(plan.world.len(), plan.rows + shifts);
    assert_eq!(counts.len(), ORDER.len(), "a kind has no rows: {counts:?}");
    assert!(
        plan.steps
            .iter()
            .all(|step| step.registers() && step.key.len() <= 128)
    );
    // What the journal keeps reads back as the command that was decided.
    for step in &plan.steps {
        assert_eq!(
            serde_json::from_value::<Command>(step.body.clone()).unwrap(),
            step.command
        );
    }
}

#[test]
fn the_figures_of_the_documents_stand_in_the_seed() {
    let world = seeded();
    let in_centre = |centre: &str| {
        let centre = centre.to_owned();
        world
            .entities()
            .filter(move |e| e.header().centre.as_str() == centre)
            .map(AsRef::as_ref)
    };
    // SZ-26: one ambulance per 20 000 residents, a tenth of them negative pressure.
    let classes: Vec<_> = in_centre("140600")
        .filter_map(|e| match e {
            Entity::Ambulance(a) => Some(a.spec.class),
            _ => None,
        })
        .collect();
    assert_eq!(classes.len(), 80);
    assert!(
        classes
            .iter()
            .filter(|class| **class == AmbulanceClass::C)
            .count()
            >= 8
    );
    // SZ-42, YQ-19, PL-14, PL-15: a city squad of 40, county squads of 20 (medical) and 5 (disease control).
    let squads = |jurisdiction: &str| -> Vec<(u32, String)> {
        let teams = world.entities().filter_map(|e| match e.as_ref() {
            Entity::Team(t) => Some(t),
            _ => None,
        });
        let here = teams.filter(|t| t.spec.jurisdiction.as_str() == jurisdiction);
        here.map(|t| {
            (
                t.spec.required_members.unwrap_or(t.spec.members),
                t.spec.category.to_string(),
            )
        })
        .collect()
    };
    assert!(squads("140600").contains(&(40, "medical".to_owned())));
    for entity in world.entities() {
        let Entity::Jurisdiction(place) = entity.as_ref() else {
            continue;
        };
        if place
            .spec
            .parent
            .is_some_and(|city| city.as_str() == "140600")
        {
            let squads = squads(place.spec.code.as_str());
            assert!(
                squads.contains(&(20, "medical".to_owned())),
                "{}: {squads:?}",
                place.spec.name
            );
            assert!(
                squads.contains(&(5, "cdc".to_owned())),
                "{}: {squads:?}",
                place.spec.name
            );
        }
    }
}

#[test]
fn populations_reserve_kinds_and_norms_are_whole() {
    let world = seeded();
    let entities = || world.entities().map(AsRef::as_ref);
    let mut counties: BTreeMap<_, u64> = BTreeMap::new();
    for entity in entities() {
        if let Entity::Jurisdiction(place) = entity
            && let Some(city) = place.spec.parent
        {
            *counties.entry(city).or_default() += u64::from(place.spec.population);
        }
    }
    assert_eq!(counties.len(), 3, "three cities");
    for (city, sum) in counties {
        assert_eq!(
            world
                .jurisdiction(city)
                .map(|place| u64::from(place.spec.population)),
            Some(sum),
            "{city}"
        );
    }
    let mut kinds: Vec<ReserveKind> = entities()
        .filter_map(|e| match e {
            Entity::Stockpile(s) => Some(s.spec.reserve_kind),
            _ => None,
        })
        .collect();
    kinds.sort_unstable();
    kinds.dedup();
    assert_eq!(kinds.len(), 6);
    let mut norms = 0;
    for entity in entities().filter(|e| e.kind() == Kind::Norm) {
        let Entity::Norm(norm) = entity else {
            unreachable!()
        };
        norms += 1;
        assert!(
            !norm.spec.source_row.as_str().is_empty() && !norm.header.source.as_str().is_empty()
        );
        let in_force = matches!(norm.spec.doc.as_str(), "000" | "001");
        assert!(
            in_force || matches!(norm.spec.doc.as_str(), "002" | "003" | "004"),
            "{}",
            norm.header.id
        );
        assert_eq!(
            norm.spec.doc_status == DocumentStatus::InForce,
            in_force,
            "{}",
            norm.header.id
        );
    }
    assert!(norms > 100, "{norms}");
}

#[test]
fn loading_twice_changes_nothing_and_an_edit_changes_its_row() {
    let world = seeded();
    let again = plan(&world, &seed_dir(), time::now()).unwrap();
    assert_eq!((again.steps.len(), again.unchanged), (0, again.rows));
    assert!(!again.unfinished);
    let copy = Copy::new("edit");
    copy.edit(
        "pingluo/facilities.csv",
        "平罗县人民医院,640221,hospital",
        "平罗县第一人民医院,640221,hospital",
    );
    let edited = plan(&world, &copy.0, time::now()).unwrap();
    let words: Vec<_> = edited
        .steps
        .iter()
        .map(|step| step.command.word())
        .collect();
    assert_eq!(words, ["update_resource"]);
    assert_eq!(edited.unchanged, edited.rows - 1);
}

#[test]
fn an_interrupted_load_is_known_by_what_stands() {
    let world = seeded();
    let half = world
        .entities()
        .filter(|e| !matches!(e.kind(), Kind::Norm | Kind::Stockpile))
        .cloned();
    let half = World::load(world.id().clone(), 9, world.at(), half);
    assert!(plan(&half, &seed_dir(), time::now()).unwrap().unfinished);
    // A jurisdiction that somebody loaded alone is not ours to complete.
    let copy = Copy::new("alone");
    assert!(
        !plan(&empty(), &copy.0.join("bachu"), time::now())
            .unwrap()
            .unfinished
    );
    let alone = plan(&empty(), &copy.0.join("bachu"), time::now()).unwrap();
    assert!(
        alone.world.entities().any(|e| e.kind() == Kind::Item),
        "the common catalogue comes along"
    );
}

#[test]
fn every_fault_has_its_file_and_line() {
    let copy = Copy::new("faults");
    let class = copy.edit(
        "yangquan/ambulances.csv",
        "晋C·J5352,140302,sta-140300-01,C,",
        "晋C·J5352,140302,sta-140300-01,E,",
    );
    let home = copy.edit(
        "bachu/ambulances.csv",
        "新Q·J7911,653130,sta-653130-01",
        "新Q·J7911,653130,sta-none",
    );
    let twice = copy.edit(
        "pingluo/teams.csv",
        "\nteam-640221-02,",
        "\nteam-640221-01,",
    ) + 1;
    let found = copy.faults(&empty());
    for wanted in [
        format!("yangquan/ambulances.csv:{class}: class: unknown variant `E`"),
        format!("bachu/ambulances.csv:{home}: home_id: no `sta-none` in any file"),
        format!("pingluo/teams.csv:{twice}: id: stands already at"),
    ] {
        assert!(
            found.iter().any(|fault| fault.starts_with(&wanted)),
            "{wanted}\n{found:#?}"
        );
    }
    assert_eq!(found.len(), 3, "{found:#?}");
}

#[test]
fn what_only_the_rules_know_is_told_at_the_row_too() {
    for (file, old, new, fault) in [
        (
            "bachu/bed_pools.csv",
            "infectious;isolation,36,36,22",
            "infectious;isolation,36,37,22",
            "bachu/bed_pools.csv:2: bed-653130-01: occupied <= staffed <= physical",
        ),
        ("bachu/jurisdictions.csv", "366141", "366141", ""),
        (
            "bachu/lots.csv",
            "lot-653130-01-01,stk-653130-01,item-n95,13181,只",
            "lot-653130-01-01,stk-653130-01,item-n95,13181,箱",
            "bachu/lots.csv:2: unit: item-n95 is counted in 只",
        ),
        (
            "bachu/teams.csv",
            "backpack_kit,available,,,BC-02;demo\nteam-653130-02",
            "backpack_kit,available,,,\nteam-653130-02",
            "bachu/teams.csv:2: source: may not be empty",
        ),
        (
            "bachu/stations.csv",
            "sta-653130-01,653130,巴楚县人民医院急救中心站,653130,centre,urban,5000,fac-653130-01,,",
            "sta-653130-01,653130,巴楚县人民医院急救中心站,653130,centre,urban,5000,fac-653130-01,sta-653130-02,",
            "bachu/stations.csv:2: parent_id: the station is above itself",
        ),
        (
            "bachu/ambulances.csv",
            "amb-653130-001,653130,",
            "amb-653130-001,640221,",
            "bachu/ambulances.csv:2: centre: 640221, but its jurisdiction belongs to 653130",
        ),
        (
            "bachu/ambulances.csv",
            "BC-18;demo\namb-653130-002,653130,巴楚02号（负压）,新Q·J3463,653130,sta-653130-01",
            "BC-18;demo\namb-653130-002,653130,巴楚02号（负压）,新Q·J3463,653130,item-n95",
            "bachu/ambulances.csv:3: amb-653130-002: ",
        ),
    ] {
        let copy = Copy::new("rules");
        copy.edit(file, old, new);
        let found = copy.faults(&empty());
        if fault.is_empty() {
            assert_eq!(found, Vec::<String>::new());
        } else {
            assert!(
                found.first().is_some_and(|first| first.starts_with(fault)),
                "{fault}\n{found:#?}"
            );
        }
    }
}

#[test]
fn populations_that_do_not_sum_are_told() {
    let copy = Copy::new("sums");
    let world = seeded();
    let city = world
        .jurisdiction(chiyuan_core::DivisionCode::new("140300").unwrap())
        .unwrap()
        .spec
        .population;
    let line = copy.edit(
        "yangquan/jurisdictions.csv",
        &format!("urban,{city},"),
        &format!("urban,{},", city + 1),
    );
    let found = copy.faults(&empty());
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(
        found[0].starts_with(&format!(
            "yangquan/jurisdictions.csv:{line}: population: {}, but its 5 counties",
            city + 1
        )),
        "{found:?}"
    );
}
