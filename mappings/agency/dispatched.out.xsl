<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="urn:bocau:agency:v1"
    xmlns:j="http://www.w3.org/2005/xpath-functions" exclude-result-prefixes="j">
  <xsl:output method="xml" omit-xml-declaration="yes"/>
  <xsl:param name="key"/>
  <xsl:param name="repeat"/>
  <xsl:template match="/j:map">
    <dispatched>
      <requestId><xsl:value-of select="$key"/></requestId>
      <repeat><xsl:value-of select="$repeat"/></repeat>
      <xsl:for-each select="j:array[@key = 'results']/j:map">
        <result>
          <dossier><xsl:value-of select="j:string[@key = 'dossier']"/></dossier>
          <outcome><xsl:value-of select="j:string[@key = 'outcome']"/></outcome>
          <xsl:if test="j:string[@key = 'item']">
            <item><xsl:value-of select="j:string[@key = 'item']"/></item>
          </xsl:if>
          <xsl:for-each select="j:map[@key = 'rewritten']">
            <rewritten>
              <vi><xsl:value-of select="j:string[@key = 'vi']"/></vi>
              <en><xsl:value-of select="j:string[@key = 'en']"/></en>
            </rewritten>
          </xsl:for-each>
          <xsl:if test="j:string[@key = 'code']">
            <code><xsl:value-of select="j:string[@key = 'code']"/></code>
          </xsl:if>
          <xsl:for-each select="j:array[@key = 'flaws']/j:map">
            <flaw>
              <field><xsl:value-of select="j:string[@key = 'field']"/></field>
              <vi><xsl:value-of select="j:string[@key = 'vi']"/></vi>
              <en><xsl:value-of select="j:string[@key = 'en']"/></en>
            </flaw>
          </xsl:for-each>
        </result>
      </xsl:for-each>
    </dispatched>
  </xsl:template>
</xsl:stylesheet>
