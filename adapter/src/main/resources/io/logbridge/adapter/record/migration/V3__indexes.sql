-- For lists of one namespace and of all, by uid and by time, and for the filters that clients send
-- most. Made while others write: Tekton Results on the same database does not wait. An index that
-- was left half-made by an interruption is made again.

-- Pages in the order of uids, and in that of creation.
DROP INDEX CONCURRENTLY IF EXISTS logbridge_records_by_id;
CREATE INDEX CONCURRENTLY logbridge_records_by_id ON records (id);
DROP INDEX CONCURRENTLY IF EXISTS logbridge_records_by_parent_id;
CREATE INDEX CONCURRENTLY logbridge_records_by_parent_id ON records (parent, id);
DROP INDEX CONCURRENTLY IF EXISTS logbridge_records_by_created;
CREATE INDEX CONCURRENTLY logbridge_records_by_created ON records (created_time, id);
DROP INDEX CONCURRENTLY IF EXISTS logbridge_records_by_parent_created;
CREATE INDEX CONCURRENTLY logbridge_records_by_parent_created ON records (parent, created_time, id);

-- data_type == TASK_RUN, newest first.
DROP INDEX CONCURRENTLY IF EXISTS logbridge_records_by_type;
CREATE INDEX CONCURRENTLY logbridge_records_by_type ON records (parent, type, created_time, id);

-- data.metadata.uid == "...", data.metadata.name == "...", data.metadata.labels["..."] == "...".
DROP INDEX CONCURRENTLY IF EXISTS logbridge_records_by_run_uid;
CREATE INDEX CONCURRENTLY logbridge_records_by_run_uid ON records ((data->'metadata'->>'uid'));
DROP INDEX CONCURRENTLY IF EXISTS logbridge_records_by_run_name;
CREATE INDEX CONCURRENTLY logbridge_records_by_run_name ON records ((data->'metadata'->>'name'));
DROP INDEX CONCURRENTLY IF EXISTS logbridge_records_by_label;
CREATE INDEX CONCURRENTLY logbridge_records_by_label ON records
    USING gin ((data->'metadata'->'labels') jsonb_path_ops);

-- The same for results, and annotations["..."] == "...".
DROP INDEX CONCURRENTLY IF EXISTS logbridge_results_by_id;
CREATE INDEX CONCURRENTLY logbridge_results_by_id ON results (id);
DROP INDEX CONCURRENTLY IF EXISTS logbridge_results_by_created;
CREATE INDEX CONCURRENTLY logbridge_results_by_created ON results (created_time, id);
DROP INDEX CONCURRENTLY IF EXISTS logbridge_results_by_parent_created;
CREATE INDEX CONCURRENTLY logbridge_results_by_parent_created ON results (parent, created_time, id);
DROP INDEX CONCURRENTLY IF EXISTS logbridge_results_by_annotation;
CREATE INDEX CONCURRENTLY logbridge_results_by_annotation ON results
    USING gin (annotations jsonb_path_ops);
