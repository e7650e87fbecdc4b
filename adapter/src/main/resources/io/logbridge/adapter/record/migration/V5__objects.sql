-- For the API of Kubernetes over archived objects. Made while others write, and again if an
-- interruption has left one half-made.

-- Lists of one kind in the order of time.
DROP INDEX CONCURRENTLY IF EXISTS logbridge_records_task_runs;
CREATE INDEX CONCURRENTLY logbridge_records_task_runs
    ON records (parent, created_time, id) WHERE type LIKE '%TaskRun';
DROP INDEX CONCURRENTLY IF EXISTS logbridge_records_pipeline_runs;
CREATE INDEX CONCURRENTLY logbridge_records_pipeline_runs
    ON records (parent, created_time, id) WHERE type LIKE '%PipelineRun';
DROP INDEX CONCURRENTLY IF EXISTS logbridge_records_event_lists;
CREATE INDEX CONCURRENTLY logbridge_records_event_lists
    ON records (parent, created_time, id) WHERE type LIKE 'results.tekton.dev/%.EventList';

-- The events of an object.
DROP INDEX CONCURRENTLY IF EXISTS logbridge_records_by_event;
CREATE INDEX CONCURRENTLY logbridge_records_by_event
    ON records USING gin ((data->'items') jsonb_path_ops)
    WHERE type LIKE 'results.tekton.dev/%.EventList';

-- The last run of each pipeline.
DROP INDEX CONCURRENTLY IF EXISTS logbridge_records_by_pipeline;
CREATE INDEX CONCURRENTLY logbridge_records_by_pipeline
    ON records (parent, (data->'spec'->'pipelineRef'->>'name'), created_time DESC, id DESC)
    WHERE type LIKE '%PipelineRun';

-- What has been written lately, for watches.
DROP INDEX CONCURRENTLY IF EXISTS logbridge_records_by_updated;
CREATE INDEX CONCURRENTLY logbridge_records_by_updated ON records (updated_time, id);
