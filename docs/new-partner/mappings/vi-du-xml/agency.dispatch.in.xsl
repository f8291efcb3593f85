<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="urn:bocau:agency:v1">
  <xsl:output method="xml" omit-xml-declaration="yes"/>
  <xsl:param name="key"/>
  <xsl:template match="/GiaoKetQua">
    <dispatchResults>
      <requestId><xsl:value-of select="$key"/></requestId>
      <xsl:for-each select="KetQua">
        <result><dossier><xsl:value-of select="@soHoSo"/></dossier></result>
      </xsl:for-each>
    </dispatchResults>
  </xsl:template>
</xsl:stylesheet>
