"""ProvinceView -> tong-hop.xlsx, the Standing Committee's workbook: every collective in one table, the quota, counts by level and group."""
