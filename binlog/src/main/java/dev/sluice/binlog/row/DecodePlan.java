package dev.sluice.binlog.row;

/**
 * How to decode the rows of one table, compiled once from its table map: parallel arrays by column, no object per cell.
 *
 * @param code {@link CellCode} of each column
 * @param length length of the cell; negative: it has a length prefix of that many bytes
 * @param first precision, fraction digits, bytes or padded length, as the code needs
 * @param second scale of a decimal
 * @param labels JSON of the labels of an ENUM, or those of a SET without the quotes
 */
record DecodePlan(
        TableShape shape,
        int[] code,
        int[] length,
        int[] first,
        int[] second,
        byte[][][] labels,
        TextCharset[] charsets) {
    int columns() {
        return code.length;
    }
}
