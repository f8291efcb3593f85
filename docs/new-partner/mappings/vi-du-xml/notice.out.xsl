<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:j="http://www.w3.org/2005/xpath-functions" exclude-result-prefixes="j">
  <xsl:output method="xml" omit-xml-declaration="yes"/>
  <xsl:param name="kind"/>
  <xsl:template match="/j:map">
    <ThongBao loai="{if ($kind = 'arrival') then 'den' else 'ket-cuc'}">
      <SoHoSo><xsl:value-of select="j:map[@key = 'dossier']/j:string[@key = 'code']"/></SoHoSo>
      <xsl:for-each select="j:map[@key = 'leg']/j:string[@key = 'item']">
        <BuuGui><xsl:value-of select="."/></BuuGui>
      </xsl:for-each>
      <NoiDung><xsl:value-of select="j:map[@key = 'event']/j:string[@key = 'vi']"/></NoiDung>
    </ThongBao>
  </xsl:template>
</xsl:stylesheet>
