-- Runs on H2 (MODE=MySQL) and on MySQL. Times are UTC.
CREATE TABLE configuration_version (
    version      BIGINT       NOT NULL PRIMARY KEY,
    document     LONGTEXT     NOT NULL,
    author       VARCHAR(100) NOT NULL,
    comment      VARCHAR(500) NOT NULL,
    activated_at DATETIME(6)  NOT NULL
);

CREATE TABLE admin_user (
    username      VARCHAR(100) NOT NULL PRIMARY KEY,
    password_hash VARCHAR(200) NOT NULL,
    created_at    DATETIME(6)  NOT NULL
);
