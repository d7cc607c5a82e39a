// @generated from the OpenAPI document by npm run api; not edited by hand.
export interface paths {
    "/api/v1/drills": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes a drill from the registry of a world. */
        post: operations["create_drill"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drills/{world}/clock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Starts, pauses, steps or speeds the clock of a drill. */
        post: operations["set_drill_clock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drills/{world}/finish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Finishes a drill; its record stays. */
        post: operations["finish_drill"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who I am. */
        get: operations["who_am_i"];
        put?: never;
        /** Logs in: a new session, its id in the cookie. */
        post: operations["log_in"];
        /** Logs out. */
        delete: operations["log_out"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/worlds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The worlds. */
        get: operations["list_worlds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/worlds/{world}/commands": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives a command. */
        post: operations["give_command"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/worlds/{world}/feed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Upgrades to the live feed: a snapshot, or what came after `after` of the same epoch; then changes without gaps. */
        get: operations["follow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/worlds/{world}/journal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Rows after a seq, in order. */
        get: operations["read_journal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/worlds/{world}/nearest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The nearest that pass the filters. */
        get: operations["nearest_resources"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/worlds/{world}/positions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reports positions of units; each element is judged alone. */
        post: operations["report"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/worlds/{world}/resources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Resources by page, ordered by id. */
        get: operations["list_resources"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/worlds/{world}/resources/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One resource. */
        get: operations["get_resource"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/worlds/{world}/within": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What lies within a radius. */
        get: operations["resources_within"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/gateway/osmand": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A fix in the OsmAnd protocol, as the Traccar client and others send it; always about the live world. */
        post: operations["osmand_fix"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process answers. */
        get: operations["live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Ready once loaded; degraded while PostgreSQL or Redis is away. */
        get: operations["ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Ambulance: components["schemas"]["Header"] & components["schemas"]["Point"] & components["schemas"]["AmbulanceSpec"] & components["schemas"]["Duty"];
        /**
         * @description 救护车类型 (WS/T 292, QC/T 457).
         * @enum {string}
         */
        AmbulanceClass: "A" | "B" | "C" | "D";
        /** @description 救护车 */
        AmbulanceSpec: {
            capabilities?: string[];
            class: components["schemas"]["AmbulanceClass"];
            equipment?: string[];
            /** @description Station or facility where it stands when idle. */
            home_id: components["schemas"]["EntityId"];
            jurisdiction: components["schemas"]["DivisionCode"];
            name: string;
            /** @description 车牌 */
            plate: string;
        };
        /** @description Counts of a pool: `occupied + held <= staffed <= physical`. */
        BedCount: {
            /**
             * Format: int32
             * @description 预留
             */
            held: number;
            /**
             * Format: int32
             * @description 占用
             */
            occupied: number;
            /** Format: int32 */
            physical: number;
            /** Format: date-time */
            reported_at?: string | null;
            reported_by?: string | null;
            /**
             * Format: int32
             * @description 开放
             */
            staffed: number;
        };
        BedPool: components["schemas"]["Header"] & components["schemas"]["Point"] & components["schemas"]["BedPoolSpec"] & components["schemas"]["BedCount"];
        /** @description 床位: facility x ward with property flags; a bed with two properties counts once. */
        BedPoolSpec: {
            /**
             * Format: int32
             * @description Hours until a convertible pool stands ready (平急转换).
             */
            activation_hours?: number | null;
            facility_id: components["schemas"]["EntityId"];
            jurisdiction: components["schemas"]["DivisionCode"];
            name: string;
            /** @description `negative_pressure icu isolation infectious paediatric convertible` */
            properties?: string[];
            ward: string;
        };
        /** @description Bed pools inside. */
        BedSummary: {
            /** Format: int64 */
            free: number;
            /** Format: int32 */
            pools: number;
            /** Format: int64 */
            staffed: number;
        };
        /** @description What a decision does to one entity; applying it is plain replacement. */
        Change: {
            entity?: components["schemas"]["Entity"] | null;
            id: components["schemas"]["EntityId"];
            kind: components["schemas"]["Kind"];
        };
        /** @description 演练时钟: world time is `world_at` at real time `real_at` and runs on from there with `speed` while `running`. */
        Clock: components["schemas"]["Header"] & {
            finished: boolean;
            /** Format: date-time */
            real_at: string;
            running: boolean;
            /** Format: double */
            speed: number;
            /** Format: date-time */
            world_at: string;
        };
        /**
         * @description Verb on a drill's clock.
         * @enum {string}
         */
        ClockAction: "start" | "pause" | "step" | "speed";
        /** @description What to do with a drill's clock. */
        ClockRequest: {
            action: components["schemas"]["ClockAction"];
            /**
             * Format: double
             * @description Seconds of a step, or the new speed.
             */
            value?: number | null;
        };
        /** @description World time and how it runs. */
        ClockView: {
            /** Format: date-time */
            at: string;
            finished: boolean;
            running: boolean;
            /**
             * Format: double
             * @description World seconds per real second.
             */
            speed: number;
        };
        /**
         * @description Why a fix was refused; the words of the contract.
         * @enum {string}
         */
        Code: "malformed" | "unknown_unit" | "not_your_unit" | "out_of_range" | "null_island" | "swapped" | "too_old" | "future" | "jump" | "repeat";
        /** @description A command, tagged by `type`. */
        Command: (components["schemas"]["RegisterResource"] & {
            /** @enum {string} */
            type: "register_resource";
        }) | (components["schemas"]["UpdateResource"] & {
            /** @enum {string} */
            type: "update_resource";
        }) | (components["schemas"]["RetireResource"] & {
            /** @enum {string} */
            type: "retire_resource";
        }) | (components["schemas"]["SetUnitStatus"] & {
            /** @enum {string} */
            type: "set_unit_status";
        }) | (components["schemas"]["ReportBeds"] & {
            /** @enum {string} */
            type: "report_beds";
        }) | (components["schemas"]["CountStock"] & {
            /** @enum {string} */
            type: "count_stock";
        }) | (components["schemas"]["SetClock"] & {
            /** @enum {string} */
            type: "set_clock";
        }) | (components["schemas"]["CopyRegistry"] & {
            /** @enum {string} */
            type: "copy_registry";
        });
        /** @description The answer to an accepted command. */
        CommandReply: {
            changes: components["schemas"]["Change"][];
            /** Format: int64 */
            seq: number;
        };
        /** @description One part of a copy. The entities travel beside the command and are journaled once, as its changes. */
        CopyRegistry: {
            from: components["schemas"]["EntityId"];
            /** Format: int64 */
            from_seq: number;
            /**
             * Format: int32
             * @description 1-based.
             */
            part: number;
            /** Format: int32 */
            parts: number;
        };
        /** @description Replaces the lots of a stockpile by what was counted (盘点). */
        CountStock: {
            lots: components["schemas"]["Lot"][];
            stockpile_id: components["schemas"]["EntityId"];
        };
        /** @description State of one dependency. */
        Dependency: {
            /**
             * Format: int64
             * @description Seconds since it last answered.
             */
            age_s?: number | null;
            /** @description `up`, `down` or `off` (not configured). */
            state: string;
        };
        /**
         * @description 行政区划代码: a GB/T 2260 code, six digits.
         * @example 140602
         */
        DivisionCode: string;
        /**
         * @description Status of the source document: three of the five are drafts for comment.
         * @enum {string}
         */
        DocumentStatus: "in_force" | "draft";
        /** @description The clock a drill starts with; left out, it starts now at normal speed. */
        DrillClock: {
            /** Format: double */
            speed?: number | null;
            /** Format: date-time */
            start?: string | null;
        };
        /** @description What a new drill is made of. */
        DrillRequest: {
            clock?: components["schemas"]["DrillClock"];
            from: components["schemas"]["DrillSource"];
            name: string;
        };
        /** @description The world that a drill copies. */
        DrillSource: {
            world: string;
        };
        /** @description Status of a unit, since when and why. */
        Duty: {
            status: components["schemas"]["UnitStatus"];
            status_reason: string;
            /** Format: date-time */
            status_since: string;
        };
        /** @description One thing of a world. Entities are immutable and shared; a change brings a new one. */
        Entity: (components["schemas"]["Jurisdiction"] & {
            /** @enum {string} */
            kind: "jurisdiction";
        }) | (components["schemas"]["Facility"] & {
            /** @enum {string} */
            kind: "facility";
        }) | (components["schemas"]["Station"] & {
            /** @enum {string} */
            kind: "station";
        }) | (components["schemas"]["Ambulance"] & {
            /** @enum {string} */
            kind: "ambulance";
        }) | (components["schemas"]["Team"] & {
            /** @enum {string} */
            kind: "team";
        }) | (components["schemas"]["SpecialVehicle"] & {
            /** @enum {string} */
            kind: "special_vehicle";
        }) | (components["schemas"]["BedPool"] & {
            /** @enum {string} */
            kind: "bed_pool";
        }) | (components["schemas"]["Stockpile"] & {
            /** @enum {string} */
            kind: "stockpile";
        }) | (components["schemas"]["Item"] & {
            /** @enum {string} */
            kind: "item";
        }) | (components["schemas"]["Norm"] & {
            /** @enum {string} */
            kind: "norm";
        }) | (components["schemas"]["Clock"] & {
            /** @enum {string} */
            kind: "clock";
        });
        /**
         * @description Id of an entity: 1-64 characters of `a-z 0-9 -`, unique in its world over all kinds.
         *     Readable in the seed (`amb-140600-001`), UUIDv7 at run time.
         * @example amb-140600-001
         */
        EntityId: string;
        Facility: components["schemas"]["Header"] & components["schemas"]["Point"] & components["schemas"]["FacilitySpec"] & components["schemas"]["Stateless"];
        /**
         * @description 医院等级
         * @enum {string}
         */
        FacilityLevel: "tertiary_a" | "tertiary_b" | "tertiary" | "secondary_a" | "secondary_b" | "secondary" | "primary" | "ungraded";
        /** @description 医疗机构与疾控设施: hospital, CDC, depot, base. */
        FacilitySpec: {
            /**
             * Format: int32
             * @description 编制床位
             */
            authorised_beds?: number | null;
            facility_type: components["schemas"]["FacilityType"];
            jurisdiction: components["schemas"]["DivisionCode"];
            level: components["schemas"]["FacilityLevel"];
            name: string;
            ownership: components["schemas"]["Ownership"];
            /** @description What it is designated for: `designated_infectious`, `treatment_base`... */
            roles?: string[];
        };
        /**
         * @description Kind of a facility.
         * @enum {string}
         */
        FacilityType: "hospital" | "cdc" | "depot" | "base" | "emergency_centre" | "blood" | "township_hospital" | "supervision";
        /** @description Identity, version and visibility of an entity. */
        Header: {
            /** @description The command centre it belongs to. */
            centre: components["schemas"]["DivisionCode"];
            id: components["schemas"]["EntityId"];
            /** @description Retired entities stay in the record and leave every query. */
            retired?: boolean;
            /** @description Ids of the source rows that state it (`SZ-26`), or `demo`. */
            source: string;
            /**
             * Format: int64
             * @description Rises by one with every change, starts at 1.
             */
            version: number;
            /** @description Further centres that see it (mutual aid). */
            visible_to?: components["schemas"]["DivisionCode"][];
        };
        /** @description Health of the server and of what it depends on. */
        Health: {
            dependencies: {
                [key: string]: components["schemas"]["Dependency"];
            };
            status: components["schemas"]["HealthStatus"];
            version: string;
        };
        /**
         * @description Overall state.
         * @enum {string}
         */
        HealthStatus: "ok" | "degraded" | "not_ready";
        Item: components["schemas"]["Header"] & components["schemas"]["ItemSpec"];
        /** @description 物资目录条目 */
        ItemSpec: {
            category: string;
            /** @description GB/T 38565-2020 class, 7 digits, where known. */
            gb_code?: string | null;
            name: string;
            name_en: string;
            /** @description Unit of every count of it: 只, 套, 瓶... */
            unit: string;
        };
        /** @description One row of the journal, as far as the reader sees it. */
        JournalEntry: {
            actor?: string | null;
            /** Format: date-time */
            at: string;
            changes: components["schemas"]["Change"][];
            command?: unknown;
            /** @description Hash of the row, hex. */
            hash: string;
            /** Format: int64 */
            seq: number;
        };
        Jurisdiction: components["schemas"]["Header"] & components["schemas"]["Point"] & components["schemas"]["JurisdictionSpec"] & components["schemas"]["Stateless"];
        /** @description 行政区划: a city or county by its GB/T 2260 code. */
        JurisdictionSpec: {
            /** Format: double */
            area_km2?: number | null;
            code: components["schemas"]["DivisionCode"];
            name: string;
            name_en: string;
            parent?: components["schemas"]["DivisionCode"] | null;
            /**
             * Format: int32
             * @description Residents, census 2020.
             */
            population: number;
            tier: components["schemas"]["JurisdictionTier"];
            zone: components["schemas"]["Zone"];
        };
        /**
         * @description City or county.
         * @enum {string}
         */
        JurisdictionTier: "city" | "county";
        /**
         * @description Kind of an entity; the same word in queries, changes and snapshots.
         * @enum {string}
         */
        Kind: "jurisdiction" | "facility" | "station" | "ambulance" | "team" | "special_vehicle" | "bed_pool" | "stockpile" | "item" | "norm" | "clock";
        /** @description User name and password. */
        LogInBody: {
            password: string;
            username: string;
        };
        /** @description 批次: a quantity of one item with one expiry date. */
        Lot: {
            /**
             * Format: date
             * @description Last day of use (Asia/Shanghai); none for what does not expire.
             */
            expiry?: string | null;
            id: components["schemas"]["EntityId"];
            item_id: components["schemas"]["EntityId"];
            /** @description The quantity is a rate a day (production reserve). */
            per_day?: boolean;
            /** Format: int64 */
            quantity: number;
            /** @description Must be the unit of the item. */
            unit: string;
        };
        Norm: components["schemas"]["Header"] & components["schemas"]["NormSpec"];
        /** @description 指标 */
        NormSpec: {
            /** @description What the value is measured against. */
            base: string;
            /** @description Number of the source document. */
            doc: string;
            doc_status: components["schemas"]["DocumentStatus"];
            /** @description `ambulance.per_population`, `beds.city_infectious`... */
            key: string;
            operator: components["schemas"]["Operator"];
            /** @description Where it applies. */
            place: components["schemas"]["DivisionCode"];
            /** @description `SZ-26` */
            source_row: string;
            /** @description The sentence in short, Chinese. */
            text: string;
            unit: string;
            /** Format: date */
            valid_from?: string | null;
            /** Format: date */
            valid_to?: string | null;
            /** Format: double */
            value: number;
        };
        /**
         * @description How the value found is compared with the value asked for.
         * @enum {string}
         */
        Operator: ">=" | "<=" | "=";
        /**
         * @description 公立 or 民营.
         * @enum {string}
         */
        Ownership: "public" | "private";
        /** @description A WGS-84 position in degrees; finite and in range, kept to 1e-7 degrees (a centimetre) as PostGIS gets it. */
        Point: {
            /** Format: double */
            lat: number;
            /** Format: double */
            lon: number;
        };
        /** @description A batch of fixes. */
        PositionsBody: {
            /** @description At most 5 000. */
            fixes: components["schemas"]["PositionsFix"][];
        };
        /** @description One fix of a batch. */
        PositionsFix: {
            /**
             * Format: double
             * @description Metres.
             */
            accuracy_m?: number | null;
            /**
             * Format: date-time
             * @description World time of the measurement; at most 30 s ahead.
             */
            at: string;
            /**
             * Format: double
             * @description Degrees clockwise from north.
             */
            heading_deg?: number | null;
            /**
             * Format: double
             * @description WGS-84 degrees.
             */
            lat: number;
            /**
             * Format: double
             * @description WGS-84 degrees.
             */
            lon: number;
            /** @description Where the fix comes from: `phone`, `replay`... */
            source?: string | null;
            /**
             * Format: double
             * @description Metres a second.
             */
            speed_mps?: number | null;
            unit_id: string;
        };
        /** @description A refused fix. */
        Refusal: {
            code: components["schemas"]["Code"];
            detail: string;
            /** @description Place in the request, from 0. */
            index: number;
        };
        /** @description Enters a resource into the registry. */
        RegisterResource: {
            resource: Record<string, never>;
        };
        /** @description What became of a batch. */
        Report: {
            /** @description Moved their unit. */
            accepted: number;
            /** @description Went to the track only. */
            late: number;
            rejected: components["schemas"]["Refusal"][];
        };
        /** @description Reports the beds of a pool. */
        ReportBeds: {
            bed_pool_id: components["schemas"]["EntityId"];
            /** Format: int32 */
            occupied: number;
            /** Format: int32 */
            physical?: number | null;
            /** Format: int32 */
            staffed: number;
        };
        /**
         * @description 储备方式 (YQ-20, SZ-63, BC-21): each means something else by "available".
         * @enum {string}
         */
        ReserveKind: "physical" | "contract" | "production" | "commercial" | "social" | "technical";
        /** @description Takes a resource out of use. */
        RetireResource: {
            id: components["schemas"]["EntityId"];
            reason: string;
        };
        /**
         * @description What an account may do; one per account, so that the three administrative duties stay separated (GB/T 22239).
         * @enum {string}
         */
        Role: "administrator" | "security_administrator" | "auditor" | "commander" | "dispatcher" | "bed_desk" | "store_keeper" | "crew" | "exercise_director" | "observer" | "device" | "system";
        /** @description Who is logged in. */
        SessionView: {
            /**
             * Format: date-time
             * @description When the session ends at the latest; null for tokens.
             */
            expires_at?: string | null;
            user: components["schemas"]["UserView"];
        };
        /** @description Sets the clock of a drill; given by the program for an exercise director. */
        SetClock: {
            finish?: boolean;
            running?: boolean | null;
            /** Format: double */
            speed?: number | null;
            /**
             * Format: int32
             * @description Seconds to step forward.
             */
            step_s?: number | null;
        };
        /** @description Sets the status of a unit by hand. */
        SetUnitStatus: {
            reason: string;
            status: components["schemas"]["UnitStatus"];
            unit_id: components["schemas"]["EntityId"];
        };
        SpecialVehicle: components["schemas"]["Header"] & components["schemas"]["Point"] & components["schemas"]["SpecialVehicleSpec"] & components["schemas"]["Duty"];
        /** @description 特种车辆: mobile P2 laboratory, CT, DR, rapid test, supply truck, referral vehicle (SZ-36, SZ-71, JZ-16). */
        SpecialVehicleSpec: {
            capabilities?: string[];
            equipment?: string[];
            home_id: components["schemas"]["EntityId"];
            jurisdiction: components["schemas"]["DivisionCode"];
            name: string;
            plate: string;
            vehicle_type: string;
        };
        /** @description The state of a thing that has none. */
        Stateless: Record<string, never>;
        Station: components["schemas"]["Header"] & components["schemas"]["Point"] & components["schemas"]["StationSpec"] & components["schemas"]["Stateless"];
        /** @description 急救站点: city centre, county sub-centre or township station (SZ-23, JZ-14). */
        StationSpec: {
            facility_id?: components["schemas"]["EntityId"] | null;
            jurisdiction: components["schemas"]["DivisionCode"];
            name: string;
            parent_id?: components["schemas"]["EntityId"] | null;
            /**
             * Format: int32
             * @description 服务半径, metres: 5 000 urban, 10 000-20 000 rural (SZ-22).
             */
            service_radius_m: number;
            tier: components["schemas"]["StationTier"];
            zone: components["schemas"]["Zone"];
        };
        /**
         * @description Tier of a station in the three-tier network.
         * @enum {string}
         */
        StationTier: "centre" | "sub_centre" | "township";
        /** @description What lies in a stockpile, counted when and by whom. */
        StockCount: {
            /** Format: date-time */
            counted_at?: string | null;
            counted_by?: string | null;
            lots: components["schemas"]["Lot"][];
        };
        /** @description Stockpiles inside; usable quantities by item. */
        StockSummary: {
            items: {
                [key: string]: number;
            };
            /** Format: int32 */
            sites: number;
        };
        Stockpile: components["schemas"]["Header"] & components["schemas"]["Point"] & components["schemas"]["StockpileSpec"] & components["schemas"]["StockCount"];
        /** @description 物资储备: site x reserve kind. */
        StockpileSpec: {
            /**
             * Format: int32
             * @description Hours until the stock can be had; none for stock on hand.
             */
            callable_hours?: number | null;
            facility_id: components["schemas"]["EntityId"];
            jurisdiction: components["schemas"]["DivisionCode"];
            name: string;
            reserve_kind: components["schemas"]["ReserveKind"];
        };
        /** @description What lies within a radius, whatever the limit of the list. */
        Summary: {
            beds: components["schemas"]["BedSummary"];
            stock: components["schemas"]["StockSummary"];
            units: components["schemas"]["UnitSummary"];
        };
        Team: components["schemas"]["Header"] & components["schemas"]["Point"] & components["schemas"]["TeamSpec"] & components["schemas"]["Duty"];
        /** @description 应急队伍: city squad of 40, county squads of 20 and 5 (YQ-19, PL-14, PL-15). */
        TeamSpec: {
            capabilities?: string[];
            /** @description `infectious_disease medical cdc psychological`... */
            category: string;
            equipment?: string[];
            home_id: components["schemas"]["EntityId"];
            jurisdiction: components["schemas"]["DivisionCode"];
            /** Format: int32 */
            members: number;
            name: string;
            /** Format: int32 */
            required_members?: number | null;
            specialities?: string[];
            tier: components["schemas"]["JurisdictionTier"];
        };
        /**
         * @description Status of a unit.
         * @enum {string}
         */
        UnitStatus: "off_duty" | "available" | "assigned" | "en_route" | "on_scene" | "transporting" | "at_hospital" | "returning" | "decontaminating" | "suspended" | "out_of_service";
        /** @description Units inside. */
        UnitSummary: {
            /** Format: int32 */
            available: number;
            /** Format: int32 */
            total: number;
        };
        /** @description Replaces what the registry says of a resource; its state (status, counts) stays. */
        UpdateResource: {
            /**
             * Format: int64
             * @description The version that the editor saw; another one refuses the update.
             */
            based_on_version?: number | null;
            resource: Record<string, never>;
        };
        /** @description An account or token as its owner sees it. */
        UserView: {
            display_name: string;
            jurisdiction?: components["schemas"]["DivisionCode"] | null;
            role: components["schemas"]["Role"];
            unit_id?: components["schemas"]["EntityId"] | null;
            username: string;
        };
        /**
         * @description Live, or a drill.
         * @enum {string}
         */
        WorldKind: "live" | "drill";
        /** @description A world as lists show it. */
        WorldView: {
            clock: components["schemas"]["ClockView"];
            epoch: string;
            id: string;
            kind: components["schemas"]["WorldKind"];
            name: string;
            /** Format: int64 */
            seq: number;
        };
        /**
         * @description 城市 or 农村: which service radius applies (SZ-22, JZ-13).
         * @enum {string}
         */
        Zone: "urban" | "rural";
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    create_drill: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DrillRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorldView"];
                };
            };
        };
    };
    set_drill_clock: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                world: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClockRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorldView"];
                };
            };
        };
    };
    finish_drill: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                world: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorldView"];
                };
            };
        };
    };
    who_am_i: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionView"];
                };
            };
        };
    };
    log_in: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LogInBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionView"];
                };
            };
        };
    };
    log_out: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    list_worlds: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorldView"][];
                };
            };
        };
    };
    give_command: {
        parameters: {
            query?: never;
            header: {
                "Idempotency-Key": string;
            };
            path: {
                world: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Command"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandReply"];
                };
            };
        };
    };
    follow: {
        parameters: {
            query?: {
                after?: number;
                epoch?: string;
            };
            header?: never;
            path: {
                world: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description WebSocket */
            101: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    read_journal: {
        parameters: {
            query?: {
                after?: number;
                limit?: number;
            };
            header?: never;
            path: {
                world: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JournalEntry"][];
                };
            };
        };
    };
    nearest_resources: {
        parameters: {
            query: {
                lon: number;
                lat: number;
                kind?: string;
                status?: string;
                capability?: string;
                jurisdiction?: string;
                available?: boolean;
                max_fix_age_s?: number;
                bbox?: string;
                limit?: number;
                max_distance_m?: number;
                by?: string;
            };
            header?: never;
            path: {
                world: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description GeoJSON FeatureCollection by distance */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": Record<string, never>;
                };
            };
        };
    };
    report: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                world: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PositionsBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Report"];
                };
            };
        };
    };
    list_resources: {
        parameters: {
            query?: {
                kind?: string;
                status?: string;
                capability?: string;
                jurisdiction?: string;
                available?: boolean;
                max_fix_age_s?: number;
                bbox?: string;
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path: {
                world: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description GeoJSON FeatureCollection with next_cursor */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": Record<string, never>;
                };
            };
        };
    };
    get_resource: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                world: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description GeoJSON Feature */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": Record<string, never>;
                };
            };
        };
    };
    resources_within: {
        parameters: {
            query: {
                lon: number;
                lat: number;
                radius_m?: number;
                kind?: string;
                status?: string;
                capability?: string;
                jurisdiction?: string;
                available?: boolean;
                max_fix_age_s?: number;
                bbox?: string;
                limit?: number;
                by?: string;
            };
            header?: never;
            path: {
                world: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description GeoJSON FeatureCollection by distance, with a summary */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": Record<string, never>;
                };
            };
        };
    };
    osmand_fix: {
        parameters: {
            query?: {
                id?: string;
                lat?: number;
                lon?: number;
                timestamp?: string;
                token?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Taken, or of no use and not to be sent again */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unknown device or bad fix; `code` says which */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    live: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    ready: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
        };
    };
}
