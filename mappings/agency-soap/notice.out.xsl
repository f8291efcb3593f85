<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="urn:bocau:agency-notices:v1"
    xmlns:j="http://www.w3.org/2005/xpath-functions" exclude-result-prefixes="j">
  <xsl:output method="xml" omit-xml-declaration="yes"/>
  <xsl:param name="id"/>
  <xsl:param name="kind"/>
  <xsl:template match="/j:map">
    <xsl:element name="{$kind}" namespace="urn:bocau:agency-notices:v1">
      <messageId><xsl:value-of select="$id"/></messageId>
      <xsl:for-each select="j:map[@key = 'dossier']">
        <dossier>
          <code><xsl:value-of select="j:string[@key = 'code']"/></code>
          <xsl:for-each select="j:array[@key = 'codes']/j:map/j:string[@key = 'code'][. != ../../../j:string[@key = 'code']]">
            <otherCode><xsl:value-of select="."/></otherCode>
          </xsl:for-each>
          <procedure><xsl:value-of select="j:map[@key = 'procedure']/j:string[@key = 'name']"/></procedure>
          <status><xsl:value-of select="j:number[@key = 'status']"/></status>
        </dossier>
      </xsl:for-each>
      <xsl:for-each select="j:map[@key = 'leg']">
        <leg>
          <kind><xsl:value-of select="j:string[@key = 'kind']"/></kind>
          <xsl:if test="j:string[@key = 'item']"><item><xsl:value-of select="j:string[@key = 'item']"/></item></xsl:if>
          <attempts><xsl:value-of select="j:number[@key = 'attempts']"/></attempts>
          <xsl:apply-templates select="j:map[@key = 'step']" mode="named"/>
        </leg>
      </xsl:for-each>
      <xsl:for-each select="j:map[@key = 'event']">
        <event>
          <code><xsl:value-of select="j:string[@key = 'code']"/></code>
          <vi><xsl:value-of select="j:string[@key = 'vi']"/></vi>
          <en><xsl:value-of select="j:string[@key = 'en']"/></en>
          <alert><xsl:value-of select="j:boolean[@key = 'alert']"/></alert>
          <happenedAt><xsl:value-of select="j:string[@key = 'happenedAt']"/></happenedAt>
          <xsl:for-each select="j:map[@key = 'office']">
            <office>
              <code><xsl:value-of select="j:string[@key = 'code']"/></code>
              <name><xsl:value-of select="j:string[@key = 'name']"/></name>
            </office>
          </xsl:for-each>
          <xsl:apply-templates select="j:map[@key = 'reason']" mode="named"/>
          <xsl:if test="j:number[@key = 'feeCollected']">
            <feeCollected><xsl:value-of select="j:number[@key = 'feeCollected']"/></feeCollected>
          </xsl:if>
          <xsl:if test="j:number[@key = 'postageCollected']">
            <postageCollected><xsl:value-of select="j:number[@key = 'postageCollected']"/></postageCollected>
          </xsl:if>
          <xsl:if test="j:number[@key = 'codCollected']">
            <codCollected><xsl:value-of select="j:number[@key = 'codCollected']"/></codCollected>
          </xsl:if>
        </event>
      </xsl:for-each>
      <xsl:for-each select="j:map[@key = 'leg']/j:map[@key = 'next']">
        <next>
          <act><xsl:value-of select="j:string[@key = 'act']"/></act>
          <vi><xsl:value-of select="j:string[@key = 'vi']"/></vi>
          <en><xsl:value-of select="j:string[@key = 'en']"/></en>
          <dueAt><xsl:value-of select="j:string[@key = 'dueAt']"/></dueAt>
        </next>
      </xsl:for-each>
    </xsl:element>
  </xsl:template>
  <xsl:template match="j:map" mode="named">
    <xsl:element name="{@key}" namespace="urn:bocau:agency-notices:v1">
      <code><xsl:value-of select="j:string[@key = 'code']"/></code>
      <vi><xsl:value-of select="j:string[@key = 'vi']"/></vi>
      <en><xsl:value-of select="j:string[@key = 'en']"/></en>
    </xsl:element>
  </xsl:template>
</xsl:stylesheet>
