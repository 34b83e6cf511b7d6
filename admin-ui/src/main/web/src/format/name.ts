/** Names of data sources, channels and pipelines. */
export const namePattern = /^[a-z0-9-]+$/;
