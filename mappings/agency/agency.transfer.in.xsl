<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:a="urn:bocau:agency:v1"
    xmlns:map="http://www.w3.org/2005/xpath-functions/map" exclude-result-prefixes="a map">
  <xsl:output method="json"/>
  <xsl:template match="/a:transferDossier">
    <xsl:sequence select="map:merge((
        map { 'dossier': normalize-space(a:dossier), 'toAgency': normalize-space(a:toAgency) }))"/>
  </xsl:template>
</xsl:stylesheet>
