<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:n="urn:bocau:agency-notices:v1"
    xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xsl:output method="text"/>
  <xsl:template match="/n:received">
    <xsl:sequence select="serialize(map{
        'outcome': 'CONFIRMED',
        'detail': if (n:repeat = 'true') then 'received, đã có / had it already' else 'received'},
      map{'method': 'json'})"/>
  </xsl:template>
  <!-- A refusal is one in the words of the contract: nobody else's fault says anything about the notice. -->
  <xsl:template match="/soap:Fault[detail/n:refused/n:code]">
    <!-- One word, as the contract has them: what is none is somebody's words, which may be a person's. -->
    <xsl:variable name="said" select="normalize-space(detail/n:refused/n:code[1])"/>
    <xsl:variable name="code" select="
        if (matches($said, '^[A-Za-z]{1,20}(-[A-Za-z]{1,20}){0,3}(-?[0-9]{1,4})?$')) then $said else 'refused'"/>
    <xsl:variable name="fields" select="string-join(detail/n:refused/n:field[matches(., '^/?([A-Za-z]{1,30}|[0-9]{1,3})(/([A-Za-z]{1,30}|[0-9]{1,3})){0,7}$')], ', ')"/>
    <xsl:sequence select="serialize(map{
        'outcome': if ($code = 'unavailable') then 'UNAVAILABLE' else 'REFUSED',
        'code': 'agency-' || $code,
        'detail': 'fault ' || $code,
        'vi': 'Hệ thống của cơ quan từ chối thông báo (' || $code || (if ($fields) then ': ' || $fields else '') || ').',
        'en': 'The agency''s system refused the notice (' || $code || (if ($fields) then ': ' || $fields else '') || ').'},
      map{'method': 'json'})"/>
  </xsl:template>
  <xsl:template match="/soap:Fault[matches(faultcode, '(^|:)(FailedAuthentication|SecurityError|InvalidSecurity|InvalidSecurityToken|MessageExpired|FailedCheck|UnsupportedSecurityToken)$')]">
    <xsl:sequence select="serialize(map{
        'outcome': 'LOGIN_EXPIRED', 'detail': 'WS-Security ' || replace(faultcode, '^.*:', '')}, map{'method': 'json'})"/>
  </xsl:template>
  <!-- What it says in words may be anything, a name too: the code and the name of its detail tell enough to ask by. -->
  <xsl:template match="/soap:Fault" priority="-0.5">
    <xsl:variable name="code" select="substring(replace(faultcode, '^.*:|[^A-Za-z0-9._-]', ''), 1, 40)"/>
    <xsl:variable name="named" select="substring(replace(local-name(detail/*[1]), '[^A-Za-z0-9._-]', ''), 1, 40)"/>
    <xsl:variable name="side" select="
        if (starts-with($code, 'Client')) then 'nó cho rằng lỗi ở phía ta / it blames our message'
        else if (starts-with($code, 'Server')) then 'lỗi ở phía nó, hoặc trả lời không phải SOAP / an error on its side, or an answer that is not SOAP'
        else if ($code = 'VersionMismatch') then 'trả lời không phải SOAP 1.1 / an answer that is not SOAP 1.1'
        else 'ngoài hợp đồng / not in the contract'"/>
    <xsl:sequence select="serialize(map{
        'outcome': 'UNAVAILABLE',
        'code': if (starts-with($code, 'Server')) then 'partner-error' else 'answer-not-in-contract',
        'detail': string-join(('fault', $code, $named), ' ') => normalize-space() || ': ' || $side}, map{'method': 'json'})"/>
  </xsl:template>
  <xsl:template match="/*" priority="-1">
    <xsl:sequence select="serialize(map{
        'outcome': 'UNAVAILABLE', 'detail': 'an answer that is not in the contract'}, map{'method': 'json'})"/>
  </xsl:template>
</xsl:stylesheet>
