// Generated from the OpenAPI document by npm run api; not edited by hand.
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
        post: {
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
        post: {
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
        post: {
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
        delete?: never;
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
        get: {
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
        post: {
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
        get: {
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
        get: {
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
        get: {
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
        put?: never;
        post?: never;
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
        get: {
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
        get: {
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
        get: {
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
        put?: never;
        post?: never;
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
        get: {
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
        get: {
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
        /**
         * @description 救护车类型 (WS/T 292, QC/T 457).
         * @enum {string}
         */
        AmbulanceClass: "A" | "B" | "C" | "D";
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
        /** @description One thing of a world. Entities are immutable and shared; a change brings a new one. */
        Entity: (components["schemas"]["Placed"] & {
            /** @enum {string} */
            kind: "jurisdiction";
        }) | (components["schemas"]["Placed"] & {
            /** @enum {string} */
            kind: "facility";
        }) | (components["schemas"]["Placed"] & {
            /** @enum {string} */
            kind: "station";
        }) | (components["schemas"]["Placed"] & {
            /** @enum {string} */
            kind: "ambulance";
        }) | (components["schemas"]["Placed"] & {
            /** @enum {string} */
            kind: "team";
        }) | (components["schemas"]["Placed"] & {
            /** @enum {string} */
            kind: "special_vehicle";
        }) | (components["schemas"]["Placed"] & {
            /** @enum {string} */
            kind: "bed_pool";
        }) | (components["schemas"]["Placed"] & {
            /** @enum {string} */
            kind: "stockpile";
        }) | (components["schemas"]["Listed"] & {
            /** @enum {string} */
            kind: "item";
        }) | (components["schemas"]["Listed"] & {
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
        /**
         * @description 医院等级
         * @enum {string}
         */
        FacilityLevel: "tertiary_a" | "tertiary_b" | "tertiary" | "secondary_a" | "secondary_b" | "secondary" | "primary" | "ungraded";
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
        /** @description A registered thing without a place: an item of the catalogue, a norm. */
        Listed: components["schemas"]["Header"] & unknown;
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
        /** @description A registered thing that stands somewhere: what it is (`spec`, by the registry) and how it is (`state`, by the watch). */
        Placed: components["schemas"]["Header"] & components["schemas"]["Point"] & unknown & unknown;
        /** @description A WGS-84 position in degrees; finite and in range, kept to 1e-7 degrees (a centimetre) as PostGIS gets it. */
        Point: {
            /** Format: double */
            lat: number;
            /** Format: double */
            lon: number;
        };
        /** @description Enters a resource into the registry. */
        RegisterResource: {
            resource: Record<string, never>;
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
        /**
         * @description Tier of a station in the three-tier network.
         * @enum {string}
         */
        StationTier: "centre" | "sub_centre" | "township";
        /** @description Stockpiles inside; usable quantities by item. */
        StockSummary: {
            items: {
                [key: string]: number;
            };
            /** Format: int32 */
            sites: number;
        };
        /** @description What lies within a radius, whatever the limit of the list. */
        Summary: {
            beds: components["schemas"]["BedSummary"];
            stock: components["schemas"]["StockSummary"];
            units: components["schemas"]["UnitSummary"];
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
export type operations = Record<string, never>;
