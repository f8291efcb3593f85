<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="urn:bocau:agency:v1"
    xmlns:j="http://www.w3.org/2005/xpath-functions" exclude-result-prefixes="j">
  <xsl:output method="xml" omit-xml-declaration="yes"/>
  <xsl:param name="key"/>
  <xsl:template match="/j:map">
    <progress>
      <dossier><xsl:value-of select="$key"/></dossier>
      <xsl:for-each select="j:map[@key = 'facts']">
        <xsl:if test="j:string[@key = 'sentOn']">
          <sentOn><xsl:value-of select="j:string[@key = 'sentOn']"/></sentOn>
        </xsl:if>
        <xsl:if test="j:boolean[@key = 'right']">
          <right><xsl:value-of select="j:boolean[@key = 'right']"/></right>
        </xsl:if>
        <xsl:for-each select="j:array[@key = 'supplement']/*">
          <supplement><xsl:value-of select="."/></supplement>
        </xsl:for-each>
        <xsl:for-each select="j:map[@key = 'step']">
          <step>
            <code><xsl:value-of select="j:string[@key = 'code']"/></code>
            <vi><xsl:value-of select="j:string[@key = 'vi']"/></vi>
            <en><xsl:value-of select="j:string[@key = 'en']"/></en>
          </step>
        </xsl:for-each>
        <xsl:if test="j:string[@key = 'resultDay']">
          <resultDay><xsl:value-of select="j:string[@key = 'resultDay']"/></resultDay>
        </xsl:if>
      </xsl:for-each>
      <xsl:for-each select="j:array[@key = 'legs']/j:map">
        <leg>
          <kind><xsl:value-of select="j:string[@key = 'kind']"/></kind>
          <xsl:if test="j:string[@key = 'item']">
            <item><xsl:value-of select="j:string[@key = 'item']"/></item>
          </xsl:if>
          <step><xsl:value-of select="(j:string[@key = 'step'], j:map[@key = 'step']/j:string[@key = 'code'])[1]"/></step>
        </leg>
      </xsl:for-each>
    </progress>
  </xsl:template>
</xsl:stylesheet>
