-- Runs on H2 (MODE=MySQL) and on MySQL. Times are UTC. The document is an error entry as a sink reported it.
CREATE TABLE parked_row (
    id            BIGINT        NOT NULL AUTO_INCREMENT PRIMARY KEY,
    pipeline      VARCHAR(64)   NOT NULL,
    part          INT           NOT NULL,
    epoch         BIGINT        NOT NULL,
    seq           BIGINT        NOT NULL,
    revision      INT           NOT NULL,
    state         VARCHAR(8)    NOT NULL,
    target_schema VARCHAR(64)   NOT NULL,
    target_table  VARCHAR(64)   NOT NULL,
    document      LONGTEXT      NOT NULL,
    changed_at    DATETIME(6)   NOT NULL,
    CONSTRAINT parked_row_name UNIQUE (pipeline, part, epoch, seq)
);
CREATE INDEX parked_row_state ON parked_row (state, pipeline, part, target_schema, target_table, epoch, seq);
CREATE INDEX parked_row_changed ON parked_row (changed_at);

CREATE TABLE repair_command (
    id            BIGINT        NOT NULL AUTO_INCREMENT PRIMARY KEY,
    asked_at      DATETIME(6)   NOT NULL,
    username      VARCHAR(100)  NOT NULL,
    action        VARCHAR(16)   NOT NULL,
    pipeline      VARCHAR(64)   NOT NULL,
    part          INT           NOT NULL,
    target_schema VARCHAR(64)   NOT NULL,
    target_table  VARCHAR(64)   NOT NULL,
    epoch         BIGINT        NOT NULL,
    seq           BIGINT        NOT NULL,
    edited        VARCHAR(1000) NOT NULL
);
