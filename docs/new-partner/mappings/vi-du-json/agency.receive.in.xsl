<?xml version="1.0" encoding="UTF-8"?>
<!-- JSON comes as json-to-xml() of it; what goes on is the XML of the agencies' contract. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="urn:bocau:agency:v1"
    xmlns:j="http://www.w3.org/2005/xpath-functions" exclude-result-prefixes="j">
  <xsl:output method="xml" omit-xml-declaration="yes"/>
  <xsl:param name="key"/>
  <xsl:template match="/j:map">
    <confirmReceipt>
      <requestId><xsl:value-of select="$key"/></requestId>
      <dossier><xsl:value-of select="j:string[@key = 'soHoSo']"/></dossier>
      <appointment><xsl:value-of select="replace(j:string[@key = 'henTra'], '(..)/(..)/(....)', '$3-$2-$1')"/></appointment>
    </confirmReceipt>
  </xsl:template>
</xsl:stylesheet>
