//! The closed list of entity kinds, and what can be asked of any entity.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    DivisionCode, EntityId, Header, Point,
    assignment::Assignment,
    bed_pool::BedPool,
    call::Call,
    care_record::CareRecord,
    clock::Clock,
    handover::Handover,
    incident::Incident,
    item::Item,
    mark::Mark,
    norm::Norm,
    place::{Facility, Jurisdiction, Station},
    shift::Shift,
    stockpile::Stockpile,
    text::Term,
    unit::{Ambulance, Duty, SpecialVehicle, Team},
};

macro_rules! entities {
    ($($(#[$doc:meta])* $variant:ident($body:ty) = $word:literal;)*) => {
        /// Kind of an entity; the same word in queries, changes and snapshots.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum Kind { $($(#[$doc])* $variant,)* }

        impl Kind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The word of the contract.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
        }

        /// One thing of a world. Entities are immutable and shared; a change brings a new one.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
        #[serde(tag = "kind", rename_all = "snake_case")]
        pub enum Entity { $($(#[$doc])* $variant($body),)* }

        impl Entity {
            /// Its kind.
            #[must_use]
            pub fn kind(&self) -> Kind {
                match self { $(Self::$variant(_) => Kind::$variant,)* }
            }

            /// Its identity, version and visibility.
            #[must_use]
            pub fn header(&self) -> &Header {
                match self { $(Self::$variant(entity) => &entity.header,)* }
            }

            pub(crate) fn header_mut(&mut self) -> &mut Header {
                match self { $(Self::$variant(entity) => &mut entity.header,)* }
            }
        }
    };
}

entities! {
    /// 行政区划
    Jurisdiction(Jurisdiction) = "jurisdiction";
    /// 医疗机构与疾控设施
    Facility(Facility) = "facility";
    /// 急救站点
    Station(Station) = "station";
    /// 救护车
    Ambulance(Ambulance) = "ambulance";
    /// 应急队伍
    Team(Team) = "team";
    /// 特种车辆
    SpecialVehicle(SpecialVehicle) = "special_vehicle";
    /// 床位
    BedPool(BedPool) = "bed_pool";
    /// 物资储备
    Stockpile(Stockpile) = "stockpile";
    /// 物资目录条目
    Item(Item) = "item";
    /// 指标
    Norm(Norm) = "norm";
    /// 演练时钟
    Clock(Clock) = "clock";
    /// 呼叫
    Call(Call) = "call";
    /// 事件
    Incident(Incident) = "incident";
    /// 派遣
    Assignment(Box<Assignment>) = "assignment";
    /// 班次
    Shift(Shift) = "shift";
    /// 院前急救病历
    CareRecord(CareRecord) = "care_record";
    /// 交接班
    Handover(Handover) = "handover";
    /// 标注
    Mark(Box<Mark>) = "mark";
}

impl Kind {
    /// The kind with this word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == word)
    }

    /// 可派出力量: what can be sent.
    #[must_use]
    pub fn is_unit(self) -> bool {
        matches!(self, Self::Ambulance | Self::Team | Self::SpecialVehicle)
    }

    /// What stands on the map.
    #[must_use]
    pub fn is_placed(self) -> bool {
        !matches!(self, Self::Item | Self::Norm | Self::Clock) && !self.is_archived()
    }
}

impl Entity {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> &EntityId {
        &self.header().id
    }

    /// A copy with the version raised by one.
    #[must_use]
    pub fn next_version(&self) -> Self {
        let mut next = self.clone();
        next.header_mut().version += 1;
        next
    }

    /// Where it stands; a unit's home, a pool's hospital.
    #[must_use]
    pub fn point(&self) -> Option<Point> {
        match self {
            Self::Jurisdiction(e) => Some(e.point),
            Self::Facility(e) => Some(e.point),
            Self::Station(e) => Some(e.point),
            Self::Ambulance(e) => Some(e.point),
            Self::Team(e) => Some(e.point),
            Self::SpecialVehicle(e) => Some(e.point),
            Self::BedPool(e) => Some(e.point),
            Self::Stockpile(e) => Some(e.point),
            Self::Incident(e) => Some(e.point),
            _ => None,
        }
    }

    pub(crate) fn set_point(&mut self, point: Point) {
        match self {
            Self::Jurisdiction(e) => e.point = point,
            Self::Facility(e) => e.point = point,
            Self::Station(e) => e.point = point,
            Self::Ambulance(e) => e.point = point,
            Self::Team(e) => e.point = point,
            Self::SpecialVehicle(e) => e.point = point,
            Self::BedPool(e) => e.point = point,
            Self::Stockpile(e) => e.point = point,
            _ => {}
        }
    }

    /// The jurisdiction it lies in.
    #[must_use]
    pub fn jurisdiction(&self) -> Option<DivisionCode> {
        match self {
            Self::Jurisdiction(e) => Some(e.spec.code),
            Self::Facility(e) => Some(e.spec.jurisdiction),
            Self::Station(e) => Some(e.spec.jurisdiction),
            Self::Ambulance(e) => Some(e.spec.jurisdiction),
            Self::Team(e) => Some(e.spec.jurisdiction),
            Self::SpecialVehicle(e) => Some(e.spec.jurisdiction),
            Self::BedPool(e) => Some(e.spec.jurisdiction),
            Self::Stockpile(e) => Some(e.spec.jurisdiction),
            Self::Norm(e) => Some(e.spec.place),
            Self::Call(e) => e.jurisdiction,
            Self::Incident(e) => Some(e.jurisdiction),
            Self::Assignment(e) => Some(e.jurisdiction),
            Self::Shift(e) => Some(e.jurisdiction),
            Self::CareRecord(e) => Some(e.jurisdiction),
            Self::Mark(e) => Some(e.jurisdiction),
            Self::Item(_) | Self::Clock(_) | Self::Handover(_) => None,
        }
    }

    /// The entity whose place it shares: a unit's home, the facility of a pool or stockpile.
    #[must_use]
    pub fn stands_at(&self) -> Option<&EntityId> {
        match self {
            Self::Ambulance(e) => Some(&e.spec.home_id),
            Self::Team(e) => Some(&e.spec.home_id),
            Self::SpecialVehicle(e) => Some(&e.spec.home_id),
            Self::BedPool(e) => Some(&e.spec.facility_id),
            Self::Stockpile(e) => Some(&e.spec.facility_id),
            _ => None,
        }
    }

    /// The incident that it belongs to; an incident is its own.
    #[must_use]
    pub fn case(&self) -> Option<&EntityId> {
        match self {
            Self::Incident(e) => Some(&e.header.id),
            Self::Call(e) => e.incident_id.as_ref(),
            Self::Assignment(e) => Some(&e.incident_id),
            Self::CareRecord(e) => Some(&e.incident_id),
            _ => None,
        }
    }

    /// Every entity it names and depends on.
    pub fn references(&self) -> impl Iterator<Item = &EntityId> {
        let station = match self {
            Self::Station(e) => [e.spec.facility_id.as_ref(), e.spec.parent_id.as_ref()],
            _ => [None, None],
        };
        // What an open assignment relies on stays in use.
        let sent = match self {
            Self::Assignment(e) if e.is_open() => [Some(&e.unit_id), e.destination_id.as_ref()],
            _ => [None, None],
        };
        let lots = match self {
            Self::Stockpile(e) => e.state.lots.as_slice(),
            _ => &[],
        };
        self.stands_at()
            .into_iter()
            .chain(station.into_iter().flatten())
            .chain(sent.into_iter().flatten())
            .chain(lots.iter().map(|lot| &lot.item_id))
    }

    /// The name shown on screens.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Jurisdiction(e) => e.spec.name.as_str(),
            Self::Facility(e) => e.spec.name.as_str(),
            Self::Station(e) => e.spec.name.as_str(),
            Self::Ambulance(e) => e.spec.name.as_str(),
            Self::Team(e) => e.spec.name.as_str(),
            Self::SpecialVehicle(e) => e.spec.name.as_str(),
            Self::BedPool(e) => e.spec.name.as_str(),
            Self::Stockpile(e) => e.spec.name.as_str(),
            Self::Item(e) => e.spec.name.as_str(),
            Self::Norm(e) => e.spec.text.as_str(),
            Self::Clock(_) => "clock",
            Self::Incident(e) => e.number.as_str(),
            Self::Call(e) => e.header.id.as_str(),
            Self::Assignment(e) => e.header.id.as_str(),
            Self::Shift(e) => e.header.id.as_str(),
            Self::CareRecord(e) => e.header.id.as_str(),
            Self::Handover(e) => e.header.id.as_str(),
            Self::Mark(e) => e.title.as_str(),
        }
    }

    /// Status, since when and why, if it is a unit.
    #[must_use]
    pub fn duty(&self) -> Option<&Duty> {
        match self {
            Self::Ambulance(e) => Some(&e.state),
            Self::Team(e) => Some(&e.state),
            Self::SpecialVehicle(e) => Some(&e.state),
            _ => None,
        }
    }

    /// What it can do, as the `capability` filter understands it: capabilities and specialities of a unit,
    /// its class or type; properties of a pool; reserve kind of a stockpile; roles of a facility.
    pub fn capabilities(&self) -> Vec<&str> {
        fn words(terms: &[Term]) -> impl Iterator<Item = &str> {
            terms.iter().map(Term::as_str)
        }
        match self {
            Self::Ambulance(e) => words(&e.spec.capabilities).collect(),
            Self::Team(e) => words(&e.spec.capabilities)
                .chain(words(&e.spec.specialities))
                .collect(),
            Self::SpecialVehicle(e) => words(&e.spec.capabilities)
                .chain([e.spec.vehicle_type.as_str()])
                .collect(),
            Self::BedPool(e) => words(&e.spec.properties).collect(),
            Self::Stockpile(e) => vec![e.spec.reserve_kind.as_str()],
            Self::Facility(e) => words(&e.spec.roles).collect(),
            _ => Vec::new(),
        }
    }

    /// Whether it can be used now: a unit that is available, a pool with a free bed, a stockpile with unexpired
    /// stock; other kinds always.
    #[must_use]
    pub fn available(&self, today: chrono::NaiveDate) -> bool {
        match self {
            Self::BedPool(pool) => pool.state.free() > 0,
            Self::Stockpile(stock) => stock.state.lots.iter().any(|lot| lot.usable(today)),
            _ => self
                .duty()
                .is_none_or(|duty| duty.status == crate::unit::UnitStatus::Available),
        }
    }
}

impl Entity {
    /// Whether it can do this; the same list as [`Entity::capabilities`], without collecting it.
    #[must_use]
    pub fn has_capability(&self, word: &str) -> bool {
        let in_terms = |terms: &[Term]| terms.iter().any(|term| term.as_str() == word);
        match self {
            Self::Ambulance(e) => in_terms(&e.spec.capabilities),
            Self::Team(e) => in_terms(&e.spec.capabilities) || in_terms(&e.spec.specialities),
            Self::SpecialVehicle(e) => {
                in_terms(&e.spec.capabilities) || e.spec.vehicle_type.as_str() == word
            }
            Self::BedPool(e) => in_terms(&e.spec.properties),
            Self::Stockpile(e) => e.spec.reserve_kind.as_str() == word,
            Self::Facility(e) => in_terms(&e.spec.roles),
            _ => false,
        }
    }
}
