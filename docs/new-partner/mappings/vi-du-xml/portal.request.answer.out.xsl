<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:j="http://www.w3.org/2005/xpath-functions" exclude-result-prefixes="j">
  <xsl:output method="xml" omit-xml-declaration="yes"/>
  <xsl:template match="/j:map">
    <DaNhan soHoSo="{j:string[@key = 'dossier']}">
      <xsl:for-each select="j:array[@key = 'legs']/j:map">
        <Chang loai="{j:string[@key = 'kind']}"><xsl:value-of select="j:string[@key = 'item']"/></Chang>
      </xsl:for-each>
    </DaNhan>
  </xsl:template>
</xsl:stylesheet>
