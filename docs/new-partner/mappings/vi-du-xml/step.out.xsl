<?xml version="1.0" encoding="UTF-8"?>
<!-- Our words come as json-to-xml() of them: an object is j:map, a text j:string, each with its name in @key. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:j="http://www.w3.org/2005/xpath-functions" xmlns:xs="http://www.w3.org/2001/XMLSchema" exclude-result-prefixes="j xs">
  <xsl:output method="xml" omit-xml-declaration="yes"/>
  <xsl:template match="/j:map">
    <xsl:variable name="dossier" select="j:map[@key = 'dossier']"/>
    <xsl:variable name="event" select="j:map[@key = 'event']"/>
    <BuocXuLy soHoSo="{$dossier/j:string[@key = 'code']}" trangThai="{$dossier/j:number[@key = 'status']}">
      <Luc><xsl:value-of select="format-dateTime(xs:dateTime($event/j:string[@key = 'happenedAt']), '[D01]-[M01]-[Y0001] [H01]:[m01]')"/></Luc>
      <NoiDung><xsl:value-of select="$event/j:string[@key = 'vi']"/></NoiDung>
    </BuocXuLy>
  </xsl:template>
</xsl:stylesheet>
