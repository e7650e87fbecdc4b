-- The tables of Tekton Results, column for column, so that its API server, its watcher and its
-- retention agent work on the same database. Nothing happens where they exist.
CREATE TABLE IF NOT EXISTS results (
    parent varchar(64) NOT NULL,
    id varchar(64) NOT NULL,
    name varchar(64),
    annotations jsonb,
    created_time timestamptz DEFAULT CURRENT_TIMESTAMP,
    updated_time timestamptz DEFAULT CURRENT_TIMESTAMP,
    recordsummary_record varchar(256),
    recordsummary_type varchar(768),
    recordsummary_start_time timestamptz,
    recordsummary_end_time timestamptz,
    recordsummary_status integer,
    recordsummary_annotations jsonb,
    etag varchar(128),
    CONSTRAINT results_pkey PRIMARY KEY (parent, id)
);

CREATE UNIQUE INDEX IF NOT EXISTS results_by_name ON results (parent, name);

CREATE TABLE IF NOT EXISTS records (
    parent varchar(64) NOT NULL,
    result_id varchar(64) NOT NULL,
    result_name varchar(64),
    id varchar(64) NOT NULL,
    name varchar(64),
    type varchar(768),
    data jsonb,
    created_time timestamptz DEFAULT CURRENT_TIMESTAMP,
    updated_time timestamptz DEFAULT CURRENT_TIMESTAMP,
    etag varchar(128),
    CONSTRAINT records_pkey PRIMARY KEY (parent, result_id, id),
    CONSTRAINT fk_records_result FOREIGN KEY (parent, result_id)
        REFERENCES results (parent, id) ON UPDATE CASCADE ON DELETE CASCADE
);

CREATE UNIQUE INDEX IF NOT EXISTS records_by_name ON records (parent, result_name, name);
