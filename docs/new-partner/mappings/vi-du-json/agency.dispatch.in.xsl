<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="urn:bocau:agency:v1"
    xmlns:j="http://www.w3.org/2005/xpath-functions" exclude-result-prefixes="j">
  <xsl:output method="xml" omit-xml-declaration="yes"/>
  <xsl:param name="key"/>
  <xsl:template match="/j:map">
    <dispatchResults>
      <requestId><xsl:value-of select="$key"/></requestId>
      <!-- Whatever stands there is a result: one that names no dossier is told so, and does not take the others with it. -->
      <xsl:for-each select="j:array[@key = 'ketQua']/*">
        <result><dossier><xsl:value-of select="self::j:map/j:string[@key = 'soHoSo']"/></dossier></result>
      </xsl:for-each>
    </dispatchResults>
  </xsl:template>
</xsl:stylesheet>
