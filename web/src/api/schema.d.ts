// @generated from the OpenAPI document by npm run api; not edited by hand.
export interface paths {
    "/api/v1/basemap": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The base map of this server. */
        get: operations["show_basemap"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
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
    "/api/v1/worlds/{world}/calls/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes an event of a switch. */
        post: operations["report_call_event"];
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
    "/api/v1/worlds/{world}/crew": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The order of the caller's own unit. */
        get: operations["show_crew"];
        put?: never;
        post?: never;
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
    "/api/v1/worlds/{world}/incidents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Incidents by status, in the order of their ids. */
        get: operations["list_incidents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/worlds/{world}/incidents/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One incident with its assignments, calls, care records and timeline, archived or not. */
        get: operations["get_incident"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/worlds/{world}/incidents/{id}/recommendations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Candidates by estimated time, who is left out and why, and what is missing. */
        get: operations["recommend_units"];
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
    "/api/v1/worlds/{world}/kpis": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every figure of a period and a place. `from` is inclusive, `to` exclusive: RFC 3339 times or local dates
         *     (Asia/Shanghai); left out, the present local day. `jurisdiction` includes its counties; left out, the caller's own.
         */
        get: operations["read_kpis"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/worlds/{world}/kpis/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The report as a file for spreadsheets: `format` is `csv` (the usual) or `xlsx`. */
        get: operations["export_kpis"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/worlds/{world}/kpis/{key}/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The cases behind a figure, by moment and id. `counted` asks for those in the numerator, or those that are not;
         *     `after` is `at,id` of the last case that was read.
         */
        get: operations["list_kpi_cases"];
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
    "/api/v1/worlds/{world}/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Accounts of one's own centre, and those that act everywhere, by user name. */
        get: operations["list_people"];
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
    "/api/v1/worlds/{world}/private/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Reads a personal part; the read is audited before it is answered. */
        get: operations["read_private"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/worlds/{world}/private/{id}/erase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Erases a personal part and its salt; what happened stays on record. */
        post: operations["erase_private"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/worlds/{world}/private/{id}/masked": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The masked number of a personal part. Nothing personal leaves the server, so it is no audited read; it ends with
         *     the erasure all the same.
         */
        get: operations["read_masked"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/worlds/{world}/registry/{kind}.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The resources of a kind with the columns of the seed files, as CSV. */
        get: operations["export_registry_csv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/worlds/{world}/registry/{kind}.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The resources of a kind with the columns of the seed files, as a workbook. */
        get: operations["export_registry_xlsx"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/worlds/{world}/registry/{kind}/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Applies the file that was previewed: `digest` is the preview's. The same digest again does nothing twice. */
        post: operations["import_registry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/worlds/{world}/registry/{kind}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a file would do, row by row; nothing is written. The body is the file, of at most 20 MiB and 10 000 rows. */
        post: operations["preview_registry"];
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
    "/api/v1/worlds/{world}/resources/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The history of an entity, newest first; `after` is the seq of the last entry that was read. */
        get: operations["read_history"];
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
    "/basemap/tiles.pmtiles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The PMTiles file of the base map, or the range of it that was asked for. */
        get: operations["read_basemap_file"];
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
        /** @description Takes over a desk: its open incidents come to one's own. */
        AcceptHandover: {
            handover_id: components["schemas"]["EntityId"];
        };
        /**
         * @description 受理类型: what came of taking a call.
         * @enum {string}
         */
        Acceptance: "normal" | "held" | "reinforcement" | "no_vehicle" | "refused" | "transferred";
        /** @description 接收命令 */
        AcknowledgeAssignment: {
            assignment_id: components["schemas"]["EntityId"];
            /** Format: date-time */
            at?: string | null;
        };
        /** @description 记事 */
        AddNote: {
            incident_id: components["schemas"]["EntityId"];
            private?: components["schemas"]["PrivateRef"] | null;
            text?: string | null;
        };
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
        /** @description A whole number where cases are counted, else a measure. */
        Amount: number;
        /** @description Sends units to an incident: all of them, or none. */
        AssignUnits: {
            /**
             * Format: int64
             * @description The version of the incident that the dispatcher saw; another one refuses the order.
             */
            based_on_version?: number | null;
            choice?: components["schemas"]["Choice"] | null;
            incident_id: components["schemas"]["EntityId"];
            /** @description Left out: the first need of the incident that each unit fits and that is not filled. */
            need_id?: string | null;
            unit_ids: components["schemas"]["EntityId"][];
        };
        /** @description 派遣 */
        Assignment: components["schemas"]["Header"] & {
            /**
             * Format: date-time
             * @description T5
             */
            acknowledged_at?: string | null;
            /**
             * Format: date-time
             * @description T7
             */
            arrived_at?: string | null;
            /**
             * Format: date-time
             * @description T4
             */
            assigned_at: string;
            assigned_by: string;
            /**
             * Format: date-time
             * @description T10
             */
            at_hospital_at?: string | null;
            care_record_id?: components["schemas"]["EntityId"] | null;
            /** @description Whether the unit carries patients, and so has the patient stages. */
            carries_patients: boolean;
            choice?: components["schemas"]["Choice"] | null;
            /**
             * Format: date-time
             * @description T6
             */
            departed_at?: string | null;
            destination_id?: components["schemas"]["EntityId"] | null;
            diverted_to?: components["schemas"]["EntityId"] | null;
            /**
             * Format: date-time
             * @description T12, also of what was cancelled or diverted.
             */
            ended_at?: string | null;
            /**
             * Format: date-time
             * @description The order was not received in time.
             */
            escalated_at?: string | null;
            /**
             * Format: date-time
             * @description T11
             */
            handed_over_at?: string | null;
            incident_id: components["schemas"]["EntityId"];
            /** @description It carried, or may have touched, an infectious patient. */
            infectious: boolean;
            jurisdiction: components["schemas"]["DivisionCode"];
            /**
             * Format: date-time
             * @description T9
             */
            left_scene_at?: string | null;
            /** @description The need of the incident that it fills. */
            need_id?: string | null;
            /**
             * Format: date-time
             * @description T8
             */
            patient_aboard_at?: string | null;
            proposal?: components["schemas"]["Proposal"] | null;
            /** @description Why it was cancelled, diverted or broke down. */
            reason?: string | null;
            result?: components["schemas"]["AssignmentResult"] | null;
            shift_id?: components["schemas"]["EntityId"] | null;
            /** @description Every stamp ever made, undone ones included. */
            stamps: components["schemas"]["Stamp"][];
            status: components["schemas"]["Stage"];
            unit_id: components["schemas"]["EntityId"];
        };
        /**
         * @description How an assignment ended.
         * @enum {string}
         */
        AssignmentResult: "completed" | "empty_run" | "treated_on_scene" | "died_on_scene" | "refused" | "aborted";
        /** @description Takes an incident to one's own desk (with `leave`: gives it back). */
        AttendIncident: {
            incident_id: components["schemas"]["EntityId"];
            leave?: boolean;
        };
        /** @description The base map under the packaged boundaries. */
        BaseMapView: {
            /** @enum {string} */
            kind: "packaged";
        } | {
            /** @description Whose map it is and its approval number. */
            attribution?: string | null;
            datum: components["schemas"]["Datum"];
            /** @enum {string} */
            kind: "tiles";
            /** @description Addresses with `{z}`, `{x}`, `{y}` and perhaps `{s}`; the first lies lowest. */
            layers: string[];
            /** Format: int32 */
            max_zoom: number;
            /** @description What `{s}` may be. */
            subdomains: string[];
        } | {
            attribution?: string | null;
            /** @description West, south, east, north, degrees. */
            bounds: number[];
            content: components["schemas"]["Content"];
            datum: components["schemas"]["Datum"];
            /** @enum {string} */
            kind: "archive";
            /** Format: int32 */
            max_zoom: number;
            /** Format: int32 */
            min_zoom: number;
            /** @description Where it is read by range. */
            path: string;
        };
        /**
         * @description The moment by which a case belongs to a period.
         * @enum {string}
         */
        Basis: "received_at" | "opened_at" | "assigned_at" | "opened_or_received_at";
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
        /** @description 上班: a crew takes over a unit. */
        BeginShift: {
            /**
             * Format: date-time
             * @description When it happened, if told late.
             */
            at?: string | null;
            crew: components["schemas"]["CrewMember"][];
            /** Format: date-time */
            ends_at?: string | null;
            unit_id: components["schemas"]["EntityId"];
        };
        /** @description 呼叫 */
        Call: components["schemas"]["Header"] & {
            /** Format: date-time */
            abandoned_at?: string | null;
            acceptance?: components["schemas"]["Acceptance"] | null;
            /**
             * Format: date-time
             * @description T1 摘机时间
             */
            answered_at?: string | null;
            answered_by?: string | null;
            /**
             * Format: date-time
             * @description T2 开始受理时刻
             */
            call_taking_began_at?: string | null;
            /**
             * Format: date-time
             * @description T3 结束受理时刻
             */
            call_taking_ended_at?: string | null;
            incident_id?: components["schemas"]["EntityId"] | null;
            jurisdiction?: components["schemas"]["DivisionCode"] | null;
            /** Format: double */
            lat?: number | null;
            /** @description `120 110 119 122 manual`... */
            line: string;
            /**
             * Format: double
             * @description Where the caller probably is, WGS-84 degrees.
             */
            lon?: number | null;
            private?: components["schemas"]["PrivateRef"] | null;
            /**
             * Format: date-time
             * @description T0 振铃时刻
             */
            received_at: string;
            /** @description The switch's own number of the call. */
            reference?: string | null;
            status: components["schemas"]["CallStatus"];
        };
        /** @description An event of a telephone switch. Repeating it is harmless: the switch's number of the call is the key. */
        CallEvent: {
            /**
             * Format: date-time
             * @description When it happened; left out: now. Rings only.
             */
            at?: string | null;
            event: components["schemas"]["SwitchEvent"];
            jurisdiction?: components["schemas"]["DivisionCode"] | null;
            /** Format: double */
            lat?: number | null;
            /** @description `120 110 119 122`... */
            line?: string | null;
            /** Format: double */
            lon?: number | null;
            /** @description The caller's number. */
            number?: string | null;
            /** @description The switch's own number of the call, unique for good. */
            reference: string;
        };
        /**
         * @description Where a call stands.
         * @enum {string}
         */
        CallStatus: "ringing" | "answered" | "call_taking" | "ended" | "abandoned";
        /** @description Names a call: answered (T1), call-taking begun (T2), abandoned. */
        CallStep: {
            call_id: components["schemas"]["EntityId"];
        };
        /** @description 撤销派车 */
        CancelAssignment: {
            assignment_id: components["schemas"]["EntityId"];
            reason: string;
        };
        /** @description A unit that could be sent, with everything a dispatcher weighs. */
        Candidate: {
            capabilities: string[];
            class?: components["schemas"]["AmbulanceClass"] | null;
            /** @description People on duty. */
            crew: number;
            /** Format: double */
            distance_m: number;
            eta_basis: string;
            /**
             * Format: int32
             * @description Estimated time to the scene, seconds, turnout included.
             */
            eta_s: number;
            /** Format: int64 */
            fix_age_s?: number | null;
            /** Format: date-time */
            fix_at?: string | null;
            home_id?: components["schemas"]["EntityId"] | null;
            home_name?: string | null;
            kind: components["schemas"]["Kind"];
            /** Format: double */
            lat: number;
            /** Format: double */
            lon: number;
            name: string;
            /** @description `fix`, or `station` for a unit without one. */
            position_basis: string;
            rank: number;
            /** @description `fastest class_c crew_on_duty on_the_road reserved_for_this home_has_others` */
            reasons: string[];
            status: string;
            /** @description What has no available ambulance in reach any more once this one has gone. */
            uncovered: components["schemas"]["Uncovered"];
            unit_id: components["schemas"]["EntityId"];
            /** Format: int64 */
            version: number;
        };
        /** @description 院前急救病历 */
        CareRecord: components["schemas"]["Header"] & {
            assignment_id: components["schemas"]["EntityId"];
            incident_id: components["schemas"]["EntityId"];
            jurisdiction: components["schemas"]["DivisionCode"];
            /** @description Monitoring and rescue measures: `cpr defibrillation airway oxygen iv ecg`... */
            measures: string[];
            /** @description `transported refused died_on_scene died_after_rescue handed_over`... */
            patient_outcome?: string | null;
            private?: components["schemas"]["PrivateRef"] | null;
            severity: components["schemas"]["Severity"];
            unit_id: components["schemas"]["EntityId"];
            /** Format: date-time */
            written_at: string;
            written_by: string;
        };
        /** @description What a decision does to one entity; applying it is plain replacement. */
        Change: {
            entity?: components["schemas"]["Entity"] | null;
            id: components["schemas"]["EntityId"];
            kind: components["schemas"]["Kind"];
        };
        /** @description Changes a mark; fields left out stay. */
        ChangeMark: {
            /**
             * Format: int64
             * @description The version that the editor saw; another one refuses the change.
             */
            based_on_version?: number | null;
            geometry?: components["schemas"]["Geometry"] | null;
            mark_id: components["schemas"]["EntityId"];
            mark_type?: components["schemas"]["MarkType"] | null;
            /** @description It shall not end by itself; `valid_until` is left out then. */
            open_ended?: boolean;
            text?: string | null;
            title?: string | null;
            /** Format: date-time */
            valid_until?: string | null;
        };
        /** @description What was recommended when the choice was made; kept with the assignment. */
        Choice: {
            /** Format: date-time */
            at: string;
            /** @description `road` or `straight_line` */
            eta_basis: string;
            /** @description In the order shown. */
            shown: components["schemas"]["ShownCandidate"][];
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
        /** @description Closes an incident whose units are all done. */
        CloseIncident: {
            incident_id: components["schemas"]["EntityId"];
            outcome: string;
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
        }) | (components["schemas"]["ReserveUnit"] & {
            /** @enum {string} */
            type: "reserve_unit";
        }) | (components["schemas"]["BeginShift"] & {
            /** @enum {string} */
            type: "begin_shift";
        }) | (components["schemas"]["EndShift"] & {
            /** @enum {string} */
            type: "end_shift";
        }) | (components["schemas"]["ReportBeds"] & {
            /** @enum {string} */
            type: "report_beds";
        }) | (components["schemas"]["CountStock"] & {
            /** @enum {string} */
            type: "count_stock";
        }) | (components["schemas"]["ReceiveCall"] & {
            /** @enum {string} */
            type: "receive_call";
        }) | (components["schemas"]["CallStep"] & {
            /** @enum {string} */
            type: "answer_call";
        }) | (components["schemas"]["CallStep"] & {
            /** @enum {string} */
            type: "begin_call_taking";
        }) | (components["schemas"]["EndCallTaking"] & {
            /** @enum {string} */
            type: "end_call_taking";
        }) | (components["schemas"]["CallStep"] & {
            /** @enum {string} */
            type: "abandon_call";
        }) | (components["schemas"]["OpenIncident"] & {
            /** @enum {string} */
            type: "open_incident";
        }) | (components["schemas"]["UpdateIncident"] & {
            /** @enum {string} */
            type: "update_incident";
        }) | (components["schemas"]["AttendIncident"] & {
            /** @enum {string} */
            type: "attend_incident";
        }) | (components["schemas"]["HoldIncident"] & {
            /** @enum {string} */
            type: "hold_incident";
        }) | (components["schemas"]["ResumeIncident"] & {
            /** @enum {string} */
            type: "resume_incident";
        }) | (components["schemas"]["ReinforceIncident"] & {
            /** @enum {string} */
            type: "reinforce_incident";
        }) | (components["schemas"]["AddNote"] & {
            /** @enum {string} */
            type: "add_note";
        }) | (components["schemas"]["LinkCall"] & {
            /** @enum {string} */
            type: "link_call";
        }) | (components["schemas"]["UnlinkCall"] & {
            /** @enum {string} */
            type: "unlink_call";
        }) | (components["schemas"]["MergeIncidents"] & {
            /** @enum {string} */
            type: "merge_incidents";
        }) | (components["schemas"]["CloseIncident"] & {
            /** @enum {string} */
            type: "close_incident";
        }) | (components["schemas"]["AssignUnits"] & {
            /** @enum {string} */
            type: "assign_units";
        }) | (components["schemas"]["AcknowledgeAssignment"] & {
            /** @enum {string} */
            type: "acknowledge_assignment";
        }) | (components["schemas"]["ReportStage"] & {
            /** @enum {string} */
            type: "report_stage";
        }) | (components["schemas"]["UndoStage"] & {
            /** @enum {string} */
            type: "undo_stage";
        }) | (components["schemas"]["SetDestination"] & {
            /** @enum {string} */
            type: "set_destination";
        }) | (components["schemas"]["ReportBreakdown"] & {
            /** @enum {string} */
            type: "report_breakdown";
        }) | (components["schemas"]["DivertAssignment"] & {
            /** @enum {string} */
            type: "divert_assignment";
        }) | (components["schemas"]["CancelAssignment"] & {
            /** @enum {string} */
            type: "cancel_assignment";
        }) | (components["schemas"]["StandDown"] & {
            /** @enum {string} */
            type: "stand_down";
        }) | (components["schemas"]["WriteCareRecord"] & {
            /** @enum {string} */
            type: "write_care_record";
        }) | (components["schemas"]["HandOver"] & {
            /** @enum {string} */
            type: "hand_over";
        }) | (components["schemas"]["AcceptHandover"] & {
            /** @enum {string} */
            type: "accept_handover";
        }) | (components["schemas"]["DrawMark"] & {
            /** @enum {string} */
            type: "draw_mark";
        }) | (components["schemas"]["ChangeMark"] & {
            /** @enum {string} */
            type: "change_mark";
        }) | (components["schemas"]["RemoveMark"] & {
            /** @enum {string} */
            type: "remove_mark";
        }) | (components["schemas"]["ProposeStage"] & {
            /** @enum {string} */
            type: "propose_stage";
        }) | (components["schemas"]["MeetDeadline"] & {
            /** @enum {string} */
            type: "meet_deadline";
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
        /**
         * @description What the tiles of a file are.
         * @enum {string}
         */
        Content: "vector" | "raster";
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
        /** @description One person of a crew, by staff number: names stay in the staff register. */
        CrewMember: {
            /** @description `driver doctor nurse stretcher_bearer rescuer leader member` */
            role: string;
            staff: string;
        };
        /** @description Everything that a crew's phone needs at once. */
        CrewView: {
            assignment?: components["schemas"]["Assignment"] | null;
            destination?: components["schemas"]["Entity"] | null;
            /** @description Needed only while a patient may be carried. */
            hospitals: components["schemas"]["Hospital"][];
            incident?: components["schemas"]["Incident"] | null;
            last_order?: components["schemas"]["LastOrder"] | null;
            patient?: components["schemas"]["PrivateView"] | null;
            /** Format: date-time */
            server_time: string;
            shift?: components["schemas"]["Shift"] | null;
            station?: components["schemas"]["Entity"] | null;
            unit: components["schemas"]["Entity"];
            world: string;
        };
        /**
         * @description The datum whose coordinates the tiles are cut by; said, never guessed.
         * @enum {string}
         */
        Datum: "wgs84" | "gcj02";
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
        /** @description 改派: to an incident of higher priority, before a patient is aboard. */
        DivertAssignment: {
            assignment_id: components["schemas"]["EntityId"];
            /** @description The more urgent incident. */
            incident_id: components["schemas"]["EntityId"];
            reason: string;
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
        /** @description Draws a mark. */
        DrawMark: {
            geometry: components["schemas"]["Geometry"];
            incident_id?: components["schemas"]["EntityId"] | null;
            jurisdiction?: components["schemas"]["DivisionCode"] | null;
            mark_id?: components["schemas"]["EntityId"] | null;
            mark_type: components["schemas"]["MarkType"];
            /** @description What to know there; nothing about persons. */
            text?: string;
            title?: string;
            /** Format: date-time */
            valid_until?: string | null;
        };
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
        /** @description Status of a unit, since when and why; what binds it. */
        Duty: {
            assignment_id?: components["schemas"]["EntityId"] | null;
            reserved_for?: components["schemas"]["EntityId"] | null;
            /** Format: date-time */
            reserved_until?: string | null;
            shift_id?: components["schemas"]["EntityId"] | null;
            status: components["schemas"]["UnitStatus"];
            status_reason: string;
            /** Format: date-time */
            status_since: string;
        };
        /** @description Call-taking ends (T3) with an acceptance type. */
        EndCallTaking: {
            acceptance?: components["schemas"]["Acceptance"] | null;
            call_id: components["schemas"]["EntityId"];
        };
        /** @description 下班 */
        EndShift: {
            /**
             * Format: date-time
             * @description When it happened, if told late.
             */
            at?: string | null;
            unit_id: components["schemas"]["EntityId"];
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
        }) | (components["schemas"]["Call"] & {
            /** @enum {string} */
            kind: "call";
        }) | (components["schemas"]["Incident"] & {
            /** @enum {string} */
            kind: "incident";
        }) | (components["schemas"]["Assignment"] & {
            /** @enum {string} */
            kind: "assignment";
        }) | (components["schemas"]["Shift"] & {
            /** @enum {string} */
            kind: "shift";
        }) | (components["schemas"]["CareRecord"] & {
            /** @enum {string} */
            kind: "care_record";
        }) | (components["schemas"]["Handover"] & {
            /** @enum {string} */
            kind: "handover";
        }) | (components["schemas"]["Mark"] & {
            /** @enum {string} */
            kind: "mark";
        });
        /**
         * @description Id of an entity: 1-64 characters of `a-z 0-9 -`, unique in its world over all kinds.
         *     Readable in the seed (`amb-140600-001`), UUIDv7 at run time. Short ones hold their text themselves.
         * @example amb-140600-001
         */
        EntityId: string;
        /** @description Why it is erased. */
        Erasure: {
            reason: string;
        };
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
        /** @description A field, and its values where they are short. */
        FieldChange: {
            after: Record<string, never>;
            /** @description Null also where there was none, or where it is too long to tell. */
            before: Record<string, never>;
            field: string;
        };
        /** @description A GeoJSON geometry as it is sent: `Point`, `LineString` or `Polygon` with one ring. */
        Geometry: {
            coordinates: number[];
            /** @enum {string} */
            type: "Point";
        } | {
            coordinates: number[][];
            /** @enum {string} */
            type: "LineString";
        } | {
            coordinates: number[][][];
            /** @enum {string} */
            type: "Polygon";
        };
        /**
         * @description 事件级别: how large the event is; not the response level.
         * @enum {string}
         */
        Grade: "I" | "II" | "III" | "IV";
        /** @description Offers one's desk to another dispatcher. */
        HandOver: {
            note?: string;
            /** @description User name of the one who takes over. */
            to: string;
        };
        /** @description 交接班 */
        Handover: components["schemas"]["Header"] & {
            /** Format: date-time */
            accepted_at?: string | null;
            from: string;
            /** @description Incidents that were open at the desk. */
            incident_ids: components["schemas"]["EntityId"][];
            note: string;
            /** Format: date-time */
            offered_at: string;
            to: string;
        };
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
        /** @description One command that changed the entity. */
        HistoryEntry: {
            actor: string;
            /** Format: date-time */
            at: string;
            fields: components["schemas"]["FieldChange"][];
            /** @description What the actor gave as reason, where the command has one. */
            reason?: string | null;
            /** Format: int64 */
            seq: number;
            step: components["schemas"]["Step"];
            /** @description Word of the command. */
            type: string;
            /**
             * Format: int64
             * @description Version of the entity afterwards.
             */
            version?: number | null;
        };
        /** @description 挂起: waits, until a moment or until it is resumed. */
        HoldIncident: {
            incident_id: components["schemas"]["EntityId"];
            reason: string;
            /** Format: date-time */
            until?: string | null;
        };
        /** @description A hospital near the unit. */
        Hospital: {
            /** Format: double */
            distance_m: number;
            /**
             * Format: int32
             * @description Free beds reported by its pools.
             */
            free_beds: number;
            /**
             * Format: int32
             * @description Those of them with negative pressure or in isolation, for who may be infectious.
             */
            free_isolation_beds: number;
            id: components["schemas"]["EntityId"];
            /** Format: double */
            lat: number;
            level: string;
            /** Format: double */
            lon: number;
            name: string;
        };
        /** @description What an import did. */
        ImportReport: {
            changed: number;
            created: number;
            digest: string;
            /** @description Rows that were not applied, by line; empty when all is done. */
            left: components["schemas"]["LeftRow"][];
            stopped_by?: components["schemas"]["RowFault"] | null;
            unchanged: number;
        };
        /** @description 事件 */
        Incident: components["schemas"]["Header"] & components["schemas"]["Point"] & {
            acceptance?: components["schemas"]["Acceptance"] | null;
            /** @description Every assignment it ever had, in order. */
            assignment_ids: components["schemas"]["EntityId"][];
            /** @description The dispatcher at whose desk it is. */
            attended_by?: string | null;
            call_ids: components["schemas"]["EntityId"][];
            /** Format: date-time */
            closed_at?: string | null;
            closed_by?: string | null;
            /**
             * Format: date
             * @description Local day on which it was opened.
             */
            day: string;
            /** Format: int32 */
            day_count: number;
            grade?: components["schemas"]["Grade"] | null;
            /** Format: date-time */
            held_at?: string | null;
            held_reason?: string | null;
            /**
             * Format: int64
             * @description How long it was held in all before it was resumed, seconds; at least 1.
             */
            held_s?: number | null;
            /** Format: date-time */
            held_until?: string | null;
            /** @description `medical trauma infectious_disease poisoning transfer`... */
            incident_type: string;
            /** @description 疑似传染 */
            infectious: boolean;
            jurisdiction: components["schemas"]["DivisionCode"];
            merge_reason?: string | null;
            merged_into?: components["schemas"]["EntityId"] | null;
            needs: components["schemas"]["Need"][];
            notes: components["schemas"]["IncidentNote"][];
            /** @description What is spoken on the radio: month and day, count of the centre's day (`1122-0149`). */
            number: string;
            /** Format: date-time */
            opened_at: string;
            opened_by: string;
            /** @description `completed no_vehicle refused transferred false_alarm merged`... */
            outcome?: string | null;
            patients: components["schemas"]["Triage"];
            priority: components["schemas"]["Priority"];
            private?: components["schemas"]["PrivateRef"] | null;
            service: components["schemas"]["Service"];
            status: components["schemas"]["IncidentStatus"];
        };
        /** @description An incident with all that belongs to it. */
        IncidentFile: components["schemas"]["IncidentView"] & {
            assignments: components["schemas"]["Assignment"][];
            calls: components["schemas"]["Call"][];
            care_records: components["schemas"]["CareRecord"][];
            timeline: components["schemas"]["TimelineEntry"][];
        };
        /** @description 记事: who wrote when; the text is private. */
        IncidentNote: {
            /** Format: date-time */
            at: string;
            by: string;
            private?: components["schemas"]["PrivateRef"] | null;
        };
        /**
         * @description Where an incident stands.
         * @enum {string}
         */
        IncidentStatus: "open" | "held" | "closed";
        /** @description An incident with its needs as they are filled. */
        IncidentView: unknown & {
            kind: string;
            needs: components["schemas"]["NeedView"][];
        };
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
        Kind: "jurisdiction" | "facility" | "station" | "ambulance" | "team" | "special_vehicle" | "bed_pool" | "stockpile" | "item" | "norm" | "clock" | "call" | "incident" | "assignment" | "shift" | "care_record" | "handover" | "mark";
        /** @description One figure. */
        Kpi: {
            /** @description The moment by which a case belongs to the period. */
            basis: components["schemas"]["Basis"];
            /** @description Chinese. */
            definition: string;
            definition_en: string;
            /**
             * Format: int64
             * @description Cases.
             */
            denominator: number;
            key: string;
            /** @description Chinese. */
            name: string;
            name_en: string;
            norm?: components["schemas"]["NormView"] | null;
            numerator?: components["schemas"]["Amount"] | null;
            state: components["schemas"]["State"];
            unit: components["schemas"]["Unit"];
            value?: components["schemas"]["Amount"] | null;
        };
        /** @description A case behind a figure. */
        KpiCase: {
            assignment_id?: string | null;
            /**
             * Format: date-time
             * @description The moment by which it belongs to the period.
             */
            at: string;
            call_id?: string | null;
            /** @description Whether it is in the numerator. */
            counted: boolean;
            /** @description The call, incident or assignment that is the case. */
            id: string;
            incident_id?: string | null;
            /** @description Number of the incident. */
            number?: string | null;
            unit_id?: string | null;
            /**
             * Format: double
             * @description Seconds, or the number of measures; none where nothing is measured or it has not come.
             */
            value?: number | null;
        };
        /** @description The figures of a period and a place. */
        KpiReport: {
            /**
             * Format: date-time
             * @description World time of the report: what is late and still open is late by it.
             */
            at: string;
            /** Format: date-time */
            from: string;
            jurisdiction?: components["schemas"]["DivisionCode"] | null;
            kpis: components["schemas"]["Kpi"][];
            /**
             * Format: int64
             * @description The world's seq that it is of.
             */
            seq: number;
            /**
             * Format: date-time
             * @description Exclusive.
             */
            to: string;
            world: string;
        };
        /** @description An order that is over. */
        LastOrder: {
            assignment: components["schemas"]["Assignment"];
            /** @description Number of its incident. */
            number?: string | null;
        };
        /** @description A unit that is not offered. */
        LeftOut: {
            class?: components["schemas"]["AmbulanceClass"] | null;
            /** @description For people, English. */
            detail: string;
            /** Format: double */
            distance_m: number;
            /** Format: int64 */
            fix_age_s?: number | null;
            /**
             * Format: int64
             * @description When it is probably free, seconds from now.
             */
            free_in_s?: number | null;
            /** @description The incident that it is at. */
            incident_number?: string | null;
            name: string;
            reason: components["schemas"]["Reason"];
            unit_id: components["schemas"]["EntityId"];
        };
        /** @description A row that was not applied. */
        LeftRow: {
            id: string;
            /** Format: int64 */
            line: number;
        };
        /** @description 关联: a call tells of an incident that is known. */
        LinkCall: {
            call_id: components["schemas"]["EntityId"];
            incident_id: components["schemas"]["EntityId"];
        };
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
        /** @description 标注 */
        Mark: components["schemas"]["Header"] & {
            /** Format: date-time */
            changed_at?: string | null;
            changed_by?: string | null;
            /** Format: date-time */
            drawn_at: string;
            drawn_by: string;
            /** Format: date-time */
            ended_at?: string | null;
            ended_by?: string | null;
            geometry: components["schemas"]["Geometry"];
            incident_id?: components["schemas"]["EntityId"] | null;
            jurisdiction: components["schemas"]["DivisionCode"];
            mark_type: components["schemas"]["MarkType"];
            text: string;
            /** @description May be empty: then its type names it. */
            title: string;
            /**
             * Format: date-time
             * @description When it ends by itself.
             */
            valid_until?: string | null;
        };
        /**
         * @description What a mark says of a place.
         * @enum {string}
         */
        MarkType: "note" | "staging_point" | "hazard_zone" | "cordon" | "traffic_control" | "other";
        /** @description What lists may show of a personal part. */
        MaskedView: {
            /** @description `135••••0926`; null if there is none, or no longer. */
            caller_number?: string | null;
            id: string;
        };
        /** @description Something of an entity has become due (by the program only). */
        MeetDeadline: {
            /** Format: date-time */
            due: string;
            entity_id: components["schemas"]["EntityId"];
        };
        /** @description 合并: the same event was opened twice; the one without units goes into the other. */
        MergeIncidents: {
            incident_id: components["schemas"]["EntityId"];
            into_incident_id: components["schemas"]["EntityId"];
            reason: string;
        };
        /** @description 需求: what is wanted, with a short id inside the incident. */
        Need: components["schemas"]["Wanted"] & {
            /** @description `n1`, `n2`... */
            id: string;
        };
        /** @description A need, and how many units fill it. */
        NeedView: components["schemas"]["Need"] & {
            filled: number;
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
        /** @description A norm as a figure is held against it. */
        NormView: {
            doc_status: components["schemas"]["DocumentStatus"];
            id: string;
            /** @description `>=`, `<=` or `=` */
            operator: string;
            /** @description Division code where it applies. */
            place: string;
            /** @description Row of the source document (`SZ-27`). */
            source: string;
            /** @description The sentence in short. */
            text: string;
            /**
             * Format: double
             * @description In the unit of the figure: a norm of 95 percent is 0.95.
             */
            value: number;
        };
        /** @description Opens an incident (受理). */
        OpenIncident: {
            address?: string | null;
            call_id?: components["schemas"]["EntityId"] | null;
            contact_name?: string | null;
            contact_phone?: string | null;
            /** @description 主诉 */
            description?: string | null;
            grade?: components["schemas"]["Grade"] | null;
            incident_id?: components["schemas"]["EntityId"] | null;
            incident_type: string;
            infectious?: boolean;
            jurisdiction?: components["schemas"]["DivisionCode"] | null;
            /** Format: double */
            lat: number;
            /** Format: double */
            lon: number;
            /** @description Left out: one ambulance, of class C if infectious. */
            needs?: components["schemas"]["Wanted"][] | null;
            patients?: components["schemas"]["Patients"] | null;
            priority: components["schemas"]["Priority"];
            private?: components["schemas"]["PrivateRef"] | null;
            service?: components["schemas"]["Service"] | null;
        };
        /**
         * @description How the value found is compared with the value asked for.
         * @enum {string}
         */
        Operator: ">=" | "<=" | "=";
        /**
         * @description What becomes of a row.
         * @enum {string}
         */
        Outcome: "created" | "changed" | "unchanged" | "error";
        /**
         * @description 公立 or 民营.
         * @enum {string}
         */
        Ownership: "public" | "private";
        /** @description Patients as a command gives them: a number, or a number of each colour. */
        Patients: number | components["schemas"]["Triage"];
        /** @description An account as others see it. */
        Person: {
            /** @description False: the account is disabled; its name still stands in the record. */
            active: boolean;
            /** @description Seat or person; may be empty. */
            display_name: string;
            jurisdiction?: components["schemas"]["DivisionCode"] | null;
            role: components["schemas"]["Role"];
            /** @description `user:` and this is the actor of what he does. */
            username: string;
        };
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
        /** @description A file, judged. */
        Preview: {
            changed: number;
            created: number;
            /** @description Names this file and the versions that it would change; an import states it. */
            digest: string;
            errors: number;
            /** @description Faults beyond the limit of what is told. */
            faults_left_out: number;
            kind: string;
            rows: components["schemas"]["PreviewRow"][];
            unchanged: number;
        };
        /** @description A row of the file, judged. */
        PreviewRow: {
            faults: components["schemas"]["RowFault"][];
            /** @description What changes in a standing resource. */
            fields: components["schemas"]["FieldChange"][];
            id: string;
            /**
             * Format: int64
             * @description Line of the file, 1 is the header; 0 is the file as a whole.
             */
            line: number;
            name: string;
            outcome: components["schemas"]["Outcome"];
        };
        /**
         * @description 派车优先级 (domain: neutral ladder of four).
         * @enum {string}
         */
        Priority: "P1" | "P2" | "P3" | "P4";
        /** @description Where the personal part lies, and what binds it: SHA-256(salt || content), hex. */
        PrivateRef: {
            commitment: string;
            id: components["schemas"]["EntityId"];
        };
        /** @description A personal part. */
        PrivateView: {
            actor: string;
            /** Format: date-time */
            at: string;
            /** @description Field to text; empty once erased. */
            content: Record<string, never>;
            erased: boolean;
            id: string;
            /** @description The call, incident or care record that it is about. */
            subject_id?: string | null;
        };
        /** @description A stage that the tracker believes has come; a person confirms it. */
        Proposal: {
            /**
             * Format: date-time
             * @description Time of the fix.
             */
            at: string;
            /** Format: double */
            lat: number;
            /** Format: double */
            lon: number;
            stage: components["schemas"]["Stage"];
        };
        /** @description A geofence proposes a stage (by the program only). */
        ProposeStage: {
            assignment_id: components["schemas"]["EntityId"];
            proposal: components["schemas"]["Proposal"];
        };
        /** @description How far one resource is. */
        Ranked: {
            /** Format: double */
            distance_m: number;
            /** Format: int32 */
            eta_s?: number | null;
            id: components["schemas"]["EntityId"];
        };
        /** @description Who is near, for a caller who has their properties from the feed. */
        Ranking: {
            /** @description What the times rest on, if they were asked for. */
            eta_basis?: string | null;
            /** @description By distance. */
            ranking: components["schemas"]["Ranked"][];
            summary?: components["schemas"]["Summary"] | null;
        };
        /**
         * @description Why a unit is not offered.
         * @enum {string}
         */
        Reason: "assigned" | "decontaminating" | "returning" | "suspended" | "off_duty" | "out_of_service" | "stale_fix" | "no_crew" | "other_jurisdiction" | "reserved" | "wrong_class" | "missing_capability";
        /** @description A call rings (T0), or somebody reports in another way. */
        ReceiveCall: {
            /**
             * Format: date-time
             * @description When it began to ring, world time; left out: now.
             */
            at?: string | null;
            call_id?: components["schemas"]["EntityId"] | null;
            caller_name?: string | null;
            caller_number?: string | null;
            jurisdiction?: components["schemas"]["DivisionCode"] | null;
            /** Format: double */
            lat?: number | null;
            line?: string | null;
            location_text?: string | null;
            /** Format: double */
            lon?: number | null;
            private?: components["schemas"]["PrivateRef"] | null;
            reference?: string | null;
        };
        /** @description A recommendation for one need of an incident. */
        Recommendation: {
            /** Format: date-time */
            at: string;
            candidates: components["schemas"]["Candidate"][];
            eta_basis: string;
            incident_id: components["schemas"]["EntityId"];
            /** Format: int64 */
            incident_version: number;
            left_out: components["schemas"]["LeftOut"][];
            need?: components["schemas"]["Need"] | null;
            shortfall?: components["schemas"]["Shortfall"] | null;
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
        /** @description 增援: more is wanted. */
        ReinforceIncident: {
            incident_id: components["schemas"]["EntityId"];
            needs: components["schemas"]["Wanted"][];
            reason: string;
        };
        /** @description Takes a mark off the map; its record stays. */
        RemoveMark: {
            /** Format: int64 */
            based_on_version?: number | null;
            mark_id: components["schemas"]["EntityId"];
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
        /** @description 车辆故障: ends the assignment and takes the unit out of service. */
        ReportBreakdown: {
            assignment_id: components["schemas"]["EntityId"];
            reason: string;
        };
        /** @description The next stage has come. */
        ReportStage: {
            assignment_id: components["schemas"]["EntityId"];
            /**
             * Format: date-time
             * @description When it came, world time; left out: now.
             */
            at?: string | null;
            destination_id?: components["schemas"]["EntityId"] | null;
            result?: components["schemas"]["AssignmentResult"] | null;
            stage: components["schemas"]["Stage"];
        };
        /**
         * @description 储备方式 (YQ-20, SZ-63, BC-21): each means something else by "available".
         * @enum {string}
         */
        ReserveKind: "physical" | "contract" | "production" | "commercial" | "social" | "technical";
        /** @description 预留: keeps a unit for an incident until a moment (with no incident: lets it go). */
        ReserveUnit: {
            incident_id?: components["schemas"]["EntityId"] | null;
            unit_id: components["schemas"]["EntityId"];
            /**
             * Format: date-time
             * @description Left out: ten minutes from now.
             */
            until?: string | null;
        };
        /** @description 唤醒待派 */
        ResumeIncident: {
            incident_id: components["schemas"]["EntityId"];
        };
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
        /** @description One thing that is wrong in a row. */
        RowFault: {
            code: string;
            /** @description Empty if it belongs to no single column. */
            column: string;
            detail: string;
        };
        /**
         * @description 急救与非急救转运分开 (JZ-15).
         * @enum {string}
         */
        Service: "emergency" | "non_emergency";
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
        /** @description 送往医院 */
        SetDestination: {
            assignment_id: components["schemas"]["EntityId"];
            facility_id: components["schemas"]["EntityId"];
        };
        /** @description Sets the status of a unit by hand. */
        SetUnitStatus: {
            /**
             * Format: date-time
             * @description When it happened, if told late.
             */
            at?: string | null;
            reason: string;
            status: components["schemas"]["UnitStatus"];
            unit_id: components["schemas"]["EntityId"];
        };
        /**
         * @description 病情分级
         * @enum {string}
         */
        Severity: "critical" | "severe" | "moderate" | "mild" | "dead";
        /** @description 班次 */
        Shift: components["schemas"]["Header"] & {
            /** Format: date-time */
            began_at: string;
            crew: components["schemas"]["CrewMember"][];
            /** Format: date-time */
            ended_at?: string | null;
            ended_by?: string | null;
            /**
             * Format: date-time
             * @description When it should end; it goes on while the unit is assigned.
             */
            ends_at?: string | null;
            jurisdiction: components["schemas"]["DivisionCode"];
            /** @description 超时值班: its end came while the unit was assigned. */
            overtime: boolean;
            unit_id: components["schemas"]["EntityId"];
        };
        /** @description What is missing when a need cannot be met. */
        Shortfall: {
            /** @description Units that could be sent now. */
            available: number;
            /** @description Units assigned for it already. */
            filled: number;
            missing: number;
            wanted: number;
        };
        /** @description A candidate as the dispatcher saw it. */
        ShownCandidate: {
            /** Format: double */
            distance_m: number;
            /** Format: int32 */
            eta_s?: number | null;
            /** Format: int64 */
            fix_age_s?: number | null;
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
        /**
         * @description Where an assignment stands.
         * @enum {string}
         */
        Stage: "assigned" | "acknowledged" | "departed" | "arrived" | "patient_aboard" | "left_scene" | "at_hospital" | "handed_over" | "closed" | "cancelled" | "diverted";
        /** @description One time point: value, when and by whom it was recorded, from what. */
        Stamp: {
            /**
             * Format: date-time
             * @description When it happened.
             */
            at: string;
            by: string;
            /**
             * Format: date-time
             * @description When the centre learned of it.
             */
            recorded_at: string;
            source: components["schemas"]["StampSource"];
            stage: components["schemas"]["Stage"];
            undone?: components["schemas"]["Undone"] | null;
        };
        /**
         * @description Who or what made a stamp.
         * @enum {string}
         */
        StampSource: "manual" | "automatic";
        /** @description 撤回: cancels every assignment of an incident that has not arrived. */
        StandDown: {
            incident_id: components["schemas"]["EntityId"];
            reason: string;
        };
        /**
         * @description How a value stands to its norm.
         * @enum {string}
         */
        State: "met" | "near" | "missed" | "none";
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
        /**
         * @description What happened to the entity.
         * @enum {string}
         */
        Step: "created" | "changed" | "retired" | "removed";
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
        /**
         * @description What happened on the line.
         * @enum {string}
         */
        SwitchEvent: "ring" | "answer" | "hang_up";
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
        /** @description One command that touched the incident or something of it. */
        TimelineEntry: {
            actor: string;
            /** Format: date-time */
            at: string;
            command: unknown;
            entity_ids: string[];
            /** Format: int64 */
            seq: number;
            /** @description Word of the command. */
            type: string;
        };
        /** @description 检伤分类: how many of which colour; persons come with the care records. */
        Triage: {
            /**
             * Format: int32
             * @description 黑 死亡
             * @default 0
             */
            black: number;
            /**
             * Format: int32
             * @description 绿 轻
             * @default 0
             */
            green: number;
            /**
             * Format: int32
             * @description 红 危重
             * @default 0
             */
            red: number;
            /**
             * Format: int32
             * @description 未检伤
             * @default 0
             */
            untriaged: number;
            /**
             * Format: int32
             * @description 黄 重
             * @default 0
             */
            yellow: number;
        };
        /** @description People without cover, and the stations around which they live. */
        Uncovered: {
            /** Format: int64 */
            population: number;
            stations: components["schemas"]["UncoveredStation"][];
        };
        /** @description A station whose area loses its last ambulance. */
        UncoveredStation: {
            id: components["schemas"]["EntityId"];
            name: string;
            /** Format: int64 */
            population: number;
        };
        /** @description Takes back the last stage, within a minute. */
        UndoStage: {
            assignment_id: components["schemas"]["EntityId"];
            reason: string;
        };
        /** @description A stage taken back: the stamp stays in the record. */
        Undone: {
            /** Format: date-time */
            at: string;
            by: string;
            reason: string;
        };
        /**
         * @description What a value is given in.
         * @enum {string}
         */
        Unit: "ratio" | "s" | "count";
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
        /** @description Takes a call off its incident. */
        UnlinkCall: {
            call_id: components["schemas"]["EntityId"];
        };
        /** @description Changes what is known of an incident; fields left out stay. The personal part is replaced as a whole. */
        UpdateIncident: {
            address?: string | null;
            /**
             * Format: int64
             * @description The version that the editor saw; another one refuses the update.
             */
            based_on_version?: number | null;
            contact_name?: string | null;
            contact_phone?: string | null;
            description?: string | null;
            grade?: components["schemas"]["Grade"] | null;
            incident_id: components["schemas"]["EntityId"];
            incident_type?: string | null;
            infectious?: boolean | null;
            /** Format: double */
            lat?: number | null;
            /** Format: double */
            lon?: number | null;
            needs?: components["schemas"]["Wanted"][] | null;
            patients?: components["schemas"]["Patients"] | null;
            priority?: components["schemas"]["Priority"] | null;
            private?: components["schemas"]["PrivateRef"] | null;
            service?: components["schemas"]["Service"] | null;
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
        /** @description What a command asks for: so many units of a kind, class or capability. */
        Wanted: {
            capability?: string | null;
            class?: components["schemas"]["AmbulanceClass"] | null;
            /** Format: int32 */
            count?: number;
            /** @description `ambulance team special_vehicle` */
            kind: components["schemas"]["Kind"];
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
        /** @description Writes the record of an assignment, or writes it anew. */
        WriteCareRecord: {
            age?: string | null;
            assignment_id: components["schemas"]["EntityId"];
            /**
             * Format: date-time
             * @description When it happened, if told late.
             */
            at?: string | null;
            findings?: string | null;
            measures?: string[];
            /** @description Identity or insurance number. */
            patient_id?: string | null;
            patient_name?: string | null;
            patient_outcome?: string | null;
            private?: components["schemas"]["PrivateRef"] | null;
            severity: components["schemas"]["Severity"];
            sex?: string | null;
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
    show_basemap: {
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
                    "application/json": components["schemas"]["BaseMapView"];
                };
            };
        };
    };
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
    report_call_event: {
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
                "application/json": components["schemas"]["CallEvent"];
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
    show_crew: {
        parameters: {
            query?: {
                /** @description id of the personal part that the phone has already */
                known?: string;
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
                    "application/json": components["schemas"]["CrewView"];
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
    list_incidents: {
        parameters: {
            query?: {
                status?: string;
                after?: string;
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
                    "application/json": components["schemas"]["IncidentView"][];
                };
            };
        };
    };
    get_incident: {
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
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentFile"];
                };
            };
        };
    };
    recommend_units: {
        parameters: {
            query?: {
                need?: string;
                limit?: number;
            };
            header?: never;
            path: {
                world: string;
                id: string;
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
                    "application/json": components["schemas"]["Recommendation"];
                };
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
    read_kpis: {
        parameters: {
            query?: {
                from?: string;
                to?: string;
                jurisdiction?: string;
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
                    "application/json": components["schemas"]["KpiReport"];
                };
            };
        };
    };
    export_kpis: {
        parameters: {
            query?: {
                format?: string;
                from?: string;
                to?: string;
                jurisdiction?: string;
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
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": number[];
                };
            };
        };
    };
    list_kpi_cases: {
        parameters: {
            query?: {
                from?: string;
                to?: string;
                jurisdiction?: string;
                counted?: boolean;
                after?: string;
                limit?: number;
            };
            header?: never;
            path: {
                world: string;
                key: string;
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
                    "application/json": components["schemas"]["KpiCase"][];
                };
            };
        };
    };
    nearest_resources: {
        parameters: {
            query: {
                lon: number;
                lat: number;
                /** @description `distance`, or `time` to be told `eta_s` too. */
                by?: string;
                /** @description `full`, or `ranking` for ids and distances only. */
                detail?: string;
                max_distance_m?: number;
                kind?: string;
                status?: string;
                capability?: string;
                jurisdiction?: string;
                available?: boolean;
                max_fix_age_s?: number;
                bbox?: string;
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
            /** @description GeoJSON FeatureCollection by distance, or a ranking */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": Record<string, never>;
                    "application/json": components["schemas"]["Ranking"];
                };
            };
        };
    };
    list_people: {
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
                    "application/json": components["schemas"]["Person"][];
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
    read_private: {
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
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PrivateView"];
                };
            };
        };
    };
    erase_private: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                world: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Erasure"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PrivateView"];
                };
            };
        };
    };
    read_masked: {
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
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MaskedView"];
                };
            };
        };
    };
    export_registry_csv: {
        parameters: {
            query?: {
                jurisdiction?: string;
            };
            header?: never;
            path: {
                world: string;
                kind: string;
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
                    "text/csv": number[];
                };
            };
        };
    };
    export_registry_xlsx: {
        parameters: {
            query?: {
                jurisdiction?: string;
            };
            header?: never;
            path: {
                world: string;
                kind: string;
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
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": number[];
                };
            };
        };
    };
    import_registry: {
        parameters: {
            query: {
                digest: string;
            };
            header?: never;
            path: {
                world: string;
                kind: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": number[];
                "text/csv": number[];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportReport"];
                };
            };
        };
    };
    preview_registry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                world: string;
                kind: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": number[];
                "text/csv": number[];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preview"];
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
    read_history: {
        parameters: {
            query?: {
                after?: number;
                limit?: number;
            };
            header?: never;
            path: {
                world: string;
                id: string;
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
                    "application/json": components["schemas"]["HistoryEntry"][];
                };
            };
        };
    };
    resources_within: {
        parameters: {
            query: {
                lon: number;
                lat: number;
                /** @description `distance`, or `time` to be told `eta_s` too. */
                by?: string;
                /** @description `full`, or `ranking` for ids and distances only. */
                detail?: string;
                radius_m?: number;
                kind?: string;
                status?: string;
                capability?: string;
                jurisdiction?: string;
                available?: boolean;
                max_fix_age_s?: number;
                bbox?: string;
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
            /** @description GeoJSON FeatureCollection by distance, or a ranking; with a summary */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": Record<string, never>;
                    "application/json": components["schemas"]["Ranking"];
                };
            };
        };
    };
    read_basemap_file: {
        parameters: {
            query?: never;
            header?: {
                Range?: string | null;
                "If-Range"?: string | null;
                "If-None-Match"?: string | null;
            };
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
                    "application/vnd.pmtiles": unknown;
                };
            };
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.pmtiles": unknown;
                };
            };
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
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
