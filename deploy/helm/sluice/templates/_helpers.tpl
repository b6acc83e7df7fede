{{- define "sluice.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "sluice.selectorLabels" -}}
app.kubernetes.io/name: {{ default .root.Chart.Name .root.Values.nameOverride }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- with .lane }}
sluice.io/lane: {{ . }}
{{- end }}
{{- end -}}

{{- define "sluice.labels" -}}
{{ include "sluice.selectorLabels" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end -}}

{{- define "sluice.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "sluice.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{/* One variable out of a secret: dict "variable" "secret" (name, key). */}}
{{- define "sluice.secretEnv" -}}
- name: {{ .variable }}
  valueFrom:
    secretKeyRef:
      name: {{ required (printf "name of the secret for %s" .variable) .secret.name }}
      key: {{ .secret.key }}
{{- end -}}

{{/*
The pod of one service. Takes a dict:
  root, component (label), module (image name), port, resources,
  instanceId (fixed; none: the pod's name), lane (name), env (YAML text of further variables), extraEnv (list),
  volumes, volumeMounts (YAML text).
*/}}
{{- define "sluice.pod" -}}
{{- $values := .root.Values -}}
metadata:
  labels:
    {{- include "sluice.labels" . | nindent 4 }}
    {{- with $values.podLabels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  annotations:
    checksum/config: {{ include (print .root.Template.BasePath "/configmap.yaml") .root | sha256sum }}
    {{- if $values.metrics.scrapeAnnotations }}
    prometheus.io/scrape: "true"
    prometheus.io/path: /q/metrics
    prometheus.io/port: {{ .port | quote }}
    {{- end }}
    {{- with $values.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  serviceAccountName: {{ include "sluice.serviceAccountName" .root }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  terminationGracePeriodSeconds: 60
  {{- with $values.imagePullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  securityContext:
    runAsNonRoot: true
    runAsUser: 10001
    runAsGroup: 10001
    fsGroup: 10001
    fsGroupChangePolicy: OnRootMismatch
    seccompProfile:
      type: RuntimeDefault
  containers:
    - name: {{ .component }}
      image: "{{ $values.image.prefix }}/{{ .module }}:{{ default .root.Chart.AppVersion $values.image.tag }}"
      imagePullPolicy: {{ $values.image.pullPolicy }}
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities:
          drop: [ALL]
      ports:
        - name: http
          containerPort: {{ .port }}
          protocol: TCP
      env:
        - name: QUARKUS_HTTP_PORT
          value: {{ .port | quote }}
        - name: SLUICE_KAFKA_BOOTSTRAP_SERVERS
          value: {{ $values.kafka.bootstrapServers | quote }}
        - name: SLUICE_KAFKA_REGISTRY_URL
          value: {{ $values.kafka.registryUrl | quote }}
        - name: SLUICE_KAFKA_PARTITIONS
          value: {{ $values.kafka.partitions | quote }}
        - name: SLUICE_KAFKA_INSTANCE_ID
          {{- if .instanceId }}
          value: {{ .instanceId | quote }}
          {{- else }}
          valueFrom:
            fieldRef:
              fieldPath: metadata.name
          {{- end }}
        {{- with .env }}
        {{- . | trim | nindent 8 }}
        {{- end }}
        {{- with $values.extraEnv }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
        {{- with .extraEnv }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- /* A JVM on a busy node may take a minute to start; afterwards it answers in milliseconds. */}}
      startupProbe:
        httpGet: { path: /q/health/started, port: http }
        periodSeconds: 3
        timeoutSeconds: 5
        failureThreshold: 60
      livenessProbe:
        httpGet: { path: /q/health/live, port: http }
        periodSeconds: 10
        timeoutSeconds: 5
        failureThreshold: 6
      readinessProbe:
        httpGet: { path: /q/health/ready, port: http }
        periodSeconds: 10
        timeoutSeconds: 5
        failureThreshold: 3
      resources:
        {{- toYaml .resources | nindent 8 }}
      volumeMounts:
        - name: tmp
          mountPath: /tmp
        - name: config
          mountPath: /opt/sluice/config
          readOnly: true
        {{- with .volumeMounts }}
        {{- . | trim | nindent 8 }}
        {{- end }}
  volumes:
    - name: tmp
      emptyDir: {}
    - name: config
      configMap:
        name: {{ include "sluice.fullname" .root }}
    {{- with .volumes }}
    {{- . | trim | nindent 4 }}
    {{- end }}
  {{- with $values.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $values.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $values.affinity }}
  affinity:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $values.topologySpreadConstraints }}
  topologySpreadConstraints:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end -}}

{{/*
A worker: a StatefulSet, because its pod names are stable. Kafka then knows a restarted replica again (static membership,
transactional id), hands its partitions back at once and fences what it left half done. Takes the dict of "sluice.pod" and
name, replicas (none: a scaler decides), claims (YAML text).
*/}}
{{- define "sluice.worker" -}}
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: {{ .name }}
  labels:
    {{- include "sluice.labels" . | nindent 4 }}
spec:
  {{- if not (kindIs "invalid" .replicas) }}
  replicas: {{ .replicas }}
  {{- end }}
  serviceName: {{ include "sluice.fullname" .root }}-workers
  podManagementPolicy: Parallel
  selector:
    matchLabels:
      {{- include "sluice.selectorLabels" . | nindent 6 }}
  template:
    {{- include "sluice.pod" . | nindent 4 }}
  {{- with .claims }}
  persistentVolumeClaimRetentionPolicy:
    whenDeleted: Delete
    whenScaled: Delete
  volumeClaimTemplates:
    {{- . | trim | nindent 4 }}
  {{- end }}
{{- end -}}

{{/* Stops with a sentence when a stage has more replicas than partitions: dict "root" "what" "replicas". */}}
{{- define "sluice.checkReplicas" -}}
{{- if gt (int .replicas) (int .root.Values.kafka.partitions) -}}
{{- fail (printf "%s: %d replicas cannot share %d partitions (kafka.partitions); some would idle" .what (int .replicas) (int .root.Values.kafka.partitions)) -}}
{{- end -}}
{{- end -}}
