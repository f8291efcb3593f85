<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="urn:bocau:agency:v1"
    xmlns:j="http://www.w3.org/2005/xpath-functions" exclude-result-prefixes="j">
  <xsl:output method="xml" omit-xml-declaration="yes"/>
  <xsl:param name="key"/>
  <xsl:param name="repeat"/>
  <xsl:template match="/j:map">
    <accepted>
      <requestId><xsl:value-of select="$key"/></requestId>
      <repeat><xsl:value-of select="$repeat"/></repeat>
      <xsl:for-each select="j:array[@key = 'legs']/j:map">
        <leg>
          <kind><xsl:value-of select="j:string[@key = 'kind']"/></kind>
          <xsl:if test="j:string[@key = 'item']">
            <item><xsl:value-of select="j:string[@key = 'item']"/></item>
          </xsl:if>
        </leg>
      </xsl:for-each>
    </accepted>
  </xsl:template>
</xsl:stylesheet>
