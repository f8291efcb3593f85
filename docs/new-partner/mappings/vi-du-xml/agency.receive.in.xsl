<?xml version="1.0" encoding="UTF-8"?>
<!-- Into the XML of the agencies' contract. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="urn:bocau:agency:v1">
  <xsl:output method="xml" omit-xml-declaration="yes"/>
  <xsl:param name="key"/>
  <xsl:template match="/TiepNhan">
    <confirmReceipt>
      <requestId><xsl:value-of select="$key"/></requestId>
      <dossier><xsl:value-of select="@soHoSo"/></dossier>
      <appointment><xsl:value-of select="replace(@henTra, '(..)-(..)-(....)', '$3-$2-$1')"/></appointment>
    </confirmReceipt>
  </xsl:template>
</xsl:stylesheet>
