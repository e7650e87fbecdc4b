-- The run of a pod, by the name of its last pod and by those of the attempts before. Made while
-- others write, and again if an interruption has left it half-made.
DROP INDEX CONCURRENTLY IF EXISTS logbridge_records_by_pod;
CREATE INDEX CONCURRENTLY logbridge_records_by_pod
    ON records (parent, (data->'status'->>'podName')) WHERE type LIKE '%TaskRun';
DROP INDEX CONCURRENTLY IF EXISTS logbridge_records_by_earlier_pod;
CREATE INDEX CONCURRENTLY logbridge_records_by_earlier_pod
    ON records USING gin ((data->'status'->'retriesStatus') jsonb_path_ops)
    WHERE type LIKE '%TaskRun';
