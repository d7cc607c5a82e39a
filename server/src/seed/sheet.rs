//! The files of a seed folder: their names, their columns, and a sample row of each that the rules accept.

use chiyuan_core::Kind;

/// How the text of a cell is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    Text,
    Number,
    /// Values separated by `;`.
    List,
    /// `true` or `false`.
    Flag,
    /// Who is on duty: `role` or `role:staff number`, separated by `;`; the column may be left out.
    Crew,
}

/// A column of a sheet.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    pub name: &'static str,
    pub cell: Cell,
    /// A value that is right in this column; a wrong row is compared with it to find the wrong column.
    pub sample: &'static str,
}

/// What a row of a sheet states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    Resource(Kind),
    /// A lot of a stockpile.
    Lot,
}

/// A file of a seed folder.
#[derive(Debug)]
pub struct Sheet {
    pub file: &'static str,
    pub subject: Subject,
    pub columns: &'static [Column],
}

const fn text(name: &'static str, sample: &'static str) -> Column {
    Column {
        name,
        cell: Cell::Text,
        sample,
    }
}
const fn number(name: &'static str, sample: &'static str) -> Column {
    Column {
        name,
        cell: Cell::Number,
        sample,
    }
}
const fn list(name: &'static str, sample: &'static str) -> Column {
    Column {
        name,
        cell: Cell::List,
        sample,
    }
}
const fn flag(name: &'static str, sample: &'static str) -> Column {
    Column {
        name,
        cell: Cell::Flag,
        sample,
    }
}

const ID: Column = text("id", "x-1");
const CENTRE: Column = text("centre", "140600");
const NAME: Column = text("name", "名称");
const NAME_EN: Column = text("name_en", "Name");
const JURISDICTION: Column = text("jurisdiction", "140602");
const HOME: Column = text("home_id", "sta-1");
const PLATE: Column = text("plate", "晋F·00001");
const CAPABILITIES: Column = list("capabilities", "transport;monitoring");
const EQUIPMENT: Column = list("equipment", "monitor");
const STATUS: Column = text("status", "available");
const CREW: Column = Column {
    name: "crew",
    cell: Cell::Crew,
    sample: "driver:1001;doctor",
};
const FACILITY: Column = text("facility_id", "fac-1");
const ZONE: Column = text("zone", "urban");
const UNIT: Column = text("unit", "只");
const LON: Column = number("lon", "112.4");
const LAT: Column = number("lat", "39.3");
const SOURCE: Column = text("source", "demo");

/// Catalogue of supplies shared by all folders.
pub const ITEMS: Sheet = Sheet {
    file: "items.csv",
    subject: Subject::Resource(Kind::Item),
    columns: &[
        ID,
        NAME,
        NAME_EN,
        text("category", "protective"),
        UNIT,
        text("gb_code", "1010101"),
        SOURCE,
    ],
};

/// The file that makes a folder a jurisdiction's.
pub const JURISDICTIONS: &str = "jurisdictions.csv";

/// The files of one jurisdiction's folder, in the order in which they are loaded.
pub const FOLDER: &[Sheet] = &[
    Sheet {
        file: JURISDICTIONS,
        subject: Subject::Resource(Kind::Jurisdiction),
        columns: &[
            ID,
            CENTRE,
            text("code", "140602"),
            NAME,
            NAME_EN,
            text("parent", "140600"),
            text("tier", "county"),
            ZONE,
            number("population", "1000"),
            number("area_km2", "10.5"),
            LON,
            LAT,
            SOURCE,
        ],
    },
    Sheet {
        file: "facilities.csv",
        subject: Subject::Resource(Kind::Facility),
        columns: &[
            ID,
            CENTRE,
            NAME,
            JURISDICTION,
            text("facility_type", "hospital"),
            text("level", "tertiary_a"),
            text("ownership", "public"),
            list("roles", "general"),
            number("authorised_beds", "100"),
            LON,
            LAT,
            SOURCE,
        ],
    },
    Sheet {
        file: "stations.csv",
        subject: Subject::Resource(Kind::Station),
        columns: &[
            ID,
            CENTRE,
            NAME,
            JURISDICTION,
            text("tier", "centre"),
            ZONE,
            number("service_radius_m", "5000"),
            FACILITY,
            text("parent_id", "sta-1"),
            LON,
            LAT,
            SOURCE,
        ],
    },
    Sheet {
        file: "ambulances.csv",
        subject: Subject::Resource(Kind::Ambulance),
        columns: &[
            ID,
            CENTRE,
            NAME,
            PLATE,
            JURISDICTION,
            HOME,
            text("class", "C"),
            CAPABILITIES,
            EQUIPMENT,
            STATUS,
            CREW,
            LON,
            LAT,
            SOURCE,
        ],
    },
    Sheet {
        file: "teams.csv",
        subject: Subject::Resource(Kind::Team),
        columns: &[
            ID,
            CENTRE,
            NAME,
            JURISDICTION,
            HOME,
            text("tier", "city"),
            text("category", "medical"),
            number("members", "40"),
            number("required_members", "40"),
            list("specialities", "nursing"),
            CAPABILITIES,
            EQUIPMENT,
            STATUS,
            LON,
            LAT,
            SOURCE,
        ],
    },
    Sheet {
        file: "special_vehicles.csv",
        subject: Subject::Resource(Kind::SpecialVehicle),
        columns: &[
            ID,
            CENTRE,
            NAME,
            PLATE,
            JURISDICTION,
            HOME,
            text("vehicle_type", "mobile_ct"),
            CAPABILITIES,
            EQUIPMENT,
            STATUS,
            CREW,
            LON,
            LAT,
            SOURCE,
        ],
    },
    Sheet {
        file: "bed_pools.csv",
        subject: Subject::Resource(Kind::BedPool),
        columns: &[
            ID,
            CENTRE,
            NAME,
            FACILITY,
            JURISDICTION,
            text("ward", "感染科"),
            list("properties", "infectious"),
            number("physical", "10000"),
            number("staffed", "1"),
            number("occupied", "0"),
            number("held", "0"),
            number("activation_hours", "4"),
            LON,
            LAT,
            SOURCE,
        ],
    },
    Sheet {
        file: "stockpiles.csv",
        subject: Subject::Resource(Kind::Stockpile),
        columns: &[
            ID,
            CENTRE,
            NAME,
            FACILITY,
            JURISDICTION,
            text("reserve_kind", "physical"),
            number("callable_hours", "4"),
            LON,
            LAT,
            SOURCE,
        ],
    },
    Sheet {
        file: "lots.csv",
        subject: Subject::Lot,
        columns: &[
            ID,
            text("stockpile_id", "stk-1"),
            text("item_id", "item-1"),
            number("quantity", "10"),
            UNIT,
            text("expiry", "2027-12-31"),
            flag("per_day", "false"),
            SOURCE,
        ],
    },
    Sheet {
        file: "norms.csv",
        subject: Subject::Resource(Kind::Norm),
        columns: &[
            ID,
            CENTRE,
            text("key", "ambulance.per_population"),
            text("place", "140600"),
            number("value", "1"),
            text("operator", ">="),
            text("unit", "count"),
            text("base", "existence"),
            text("source_row", "SZ-26"),
            text("doc", "001"),
            text("doc_status", "in_force"),
            text("valid_from", "2023-10-01"),
            text("valid_to", "2025-12-31"),
            text("text", "原意短句"),
            SOURCE,
        ],
    },
];

/// The sheet of a kind of resources.
#[must_use]
pub fn of(kind: Kind) -> Option<&'static Sheet> {
    let sheets = FOLDER.iter().chain([&ITEMS]);
    sheets
        .into_iter()
        .find(|sheet| sheet.subject == Subject::Resource(kind))
}
