// Fields of forms: a label above, a hint or what is wrong below, tied together for screen readers.
import { type ReactNode, useState } from "react";
import {
  Button,
  FieldError,
  Input,
  Label,
  Text,
  TextArea,
  TextField,
  type TextFieldProps,
} from "react-aria-components";
import { useTranslation } from "react-i18next";
import { Icon } from "./Icon";

interface Props extends Omit<TextFieldProps, "children" | "className"> {
  label: ReactNode;
  hint?: ReactNode;
  wrong?: string | null | undefined;
  rows?: number;
}

export function Field({ label, hint, wrong, rows, ...props }: Props) {
  return (
    <TextField {...props} className="form-field" isInvalid={Boolean(wrong)}>
      <Label>{label}</Label>
      {rows ? <TextArea className="field" rows={rows} /> : <Input className="field" />}
      {hint && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      <FieldError className="wrong">{wrong}</FieldError>
    </TextField>
  );
}

/** A password that can be looked at while it is typed. */
export function PasswordField({ label, hint, wrong, ...props }: Omit<Props, "rows">) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  return (
    <TextField
      {...props}
      className="form-field"
      type={shown ? "text" : "password"}
      isInvalid={Boolean(wrong)}
    >
      <Label>{label}</Label>
      <div className="password">
        <Input className="field" spellCheck={false} autoCapitalize="none" />
        <Button
          className="quiet square"
          aria-label={t(shown ? "common.hidePassword" : "common.showPassword")}
          onPress={() => setShown(!shown)}
        >
          <Icon name={shown ? "eye_off" : "eye"} />
        </Button>
      </div>
      {hint && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      <FieldError className="wrong">{wrong}</FieldError>
    </TextField>
  );
}
