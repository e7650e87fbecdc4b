-- jsonb keeps what a document means, not how it was written: its keys are put in order and its
-- white space is lost. The watcher of Tekton Results compares bytes, and so writes every record
-- again each time it looks at its run. This column keeps the text; the Go server does not know it.
ALTER TABLE records ADD COLUMN IF NOT EXISTS data_as_written text;

-- Whoever else changes the document, the text does not belong to it any more.
CREATE OR REPLACE FUNCTION logbridge_forget_data_as_written() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    NEW.data_as_written := NULL;
    RETURN NEW;
END
$$;

DROP TRIGGER IF EXISTS logbridge_forget_data_as_written ON records;

CREATE TRIGGER logbridge_forget_data_as_written BEFORE UPDATE ON records
    FOR EACH ROW
    WHEN (OLD.data_as_written IS NOT NULL
          AND OLD.data_as_written IS NOT DISTINCT FROM NEW.data_as_written
          AND OLD.data IS DISTINCT FROM NEW.data)
    EXECUTE FUNCTION logbridge_forget_data_as_written();
